package io.laminar.connector.kafka.sink;

import io.laminar.connector.kafka.client.KafkaFailures;
import io.laminar.spi.error.ErrorCode;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * A writer's surroundings, in which failures become users' errors also where no call of the writer meets them: Flink's
 * writer learns in the producer's thread that a record was refused, and throws that in a mail to the task.
 */
record ExplainedContext(WriterInitContext context, KafkaFailures failures) implements WriterInitContext {

    @Override
    public MailboxExecutor getMailboxExecutor() {
        return new ExplainedMails(context.getMailboxExecutor(), failures);
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return context.getUserCodeClassLoader();
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
        return context.getProcessingTimeService();
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
        return context.metricGroup();
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
        return context.asSerializationSchemaInitializationContext();
    }

    @Override
    public boolean isObjectReuseEnabled() {
        return context.isObjectReuseEnabled();
    }

    @Override
    public <IN> TypeSerializer<IN> createInputSerializer() {
        return context.createInputSerializer();
    }

    @Override
    public <M> Optional<Consumer<M>> metadataConsumer() {
        return context.metadataConsumer();
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return context.getRestoredCheckpointId();
    }

    @Override
    public JobInfo getJobInfo() {
        return context.getJobInfo();
    }

    @Override
    public TaskInfo getTaskInfo() {
        return context.getTaskInfo();
    }

    private record ExplainedMails(MailboxExecutor mails, KafkaFailures failures) implements MailboxExecutor {
        @Override
        public void execute(
                MailOptions options,
                ThrowingRunnable<? extends Exception> command,
                String description,
                Object... descriptionArguments) {
            ThrowingRunnable<Exception> explained = () -> {
                try {
                    command.run();
                } catch (Exception e) {
                    if (e instanceof InterruptedException) {
                        throw e;
                    }
                    throw failures.of(e, ErrorCode.OUTPUT_FAILED);
                }
            };
            mails.execute(options, explained, description, descriptionArguments);
        }

        @Override
        public void yield() throws InterruptedException {
            mails.yield();
        }

        @Override
        public boolean tryYield() {
            return mails.tryYield();
        }

        @Override
        public boolean shouldInterrupt() {
            return mails.shouldInterrupt();
        }
    }
}
