package io.laminar.connector.file;

import io.laminar.connector.Connectors;
import io.laminar.connector.SinkConnector;
import io.laminar.connector.SourceConnector;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.table.TableDescriptor;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Copies one table into another with a real Flink job in this process. */
public final class FileJobs {
    private FileJobs() {}

    /** Lets batches through, and fails the task with the first one after some (or no) checkpoints are complete. */
    public static final class FailAfterCheckpoints extends RichMapFunction<Batch, Batch> implements CheckpointListener {
        /** Checkpoints to complete before the next failure; shared by all tasks, as they run in one process. */
        static final AtomicInteger LEFT = new AtomicInteger();

        static final AtomicInteger FAILURES = new AtomicInteger();

        private static volatile boolean armed;
        private static volatile int wanted;

        public static void prepare(int checkpoints, int failures) {
            LEFT.set(failures);
            FAILURES.set(0);
            armed = checkpoints == 0;
            wanted = checkpoints;
        }

        public static int failures() {
            return FAILURES.get();
        }

        private int completed;

        @Override
        public Batch map(Batch batch) {
            if (armed && LEFT.get() > 0) {
                armed = false;
                LEFT.decrementAndGet();
                FAILURES.incrementAndGet();
                throw new IllegalStateException("killed by the test");
            }
            return batch;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            if (++completed == wanted) {
                armed = true;
            }
        }
    }

    /** Runs to the end of the source. */
    public static JobExecutionResult copy(TableDescriptor from, TableDescriptor to, int parallelism) throws Exception {
        return environment(source(from), to, parallelism, null, null, true).execute();
    }

    public static JobExecutionResult copy(Source<Batch, ?, ?> source, TableDescriptor to, int parallelism)
            throws Exception {
        return environment(source, to, parallelism, null, null, true).execute();
    }

    /** Starts a job; checkpoints are kept in a folder. */
    public static JobClient start(
            TableDescriptor from, TableDescriptor to, int parallelism, Path checkpoints, @Nullable String savepoint)
            throws Exception {
        return environment(source(from), to, parallelism, checkpoints, savepoint, true)
                .executeAsync();
    }

    public static Source<Batch, ?, ?> source(TableDescriptor table) {
        return ((SourceConnector) Connectors.named(table.connector())).source(table);
    }

    /** Runs to the end of the source without a checkpoint. */
    public static void copyWithoutCheckpoints(TableDescriptor from, TableDescriptor to) throws Exception {
        environment(source(from), to, 1, null, null, false).execute();
    }

    private static StreamExecutionEnvironment environment(
            Source<Batch, ?, ?> source,
            TableDescriptor to,
            int parallelism,
            @Nullable Path checkpoints,
            @Nullable String savepoint,
            boolean checkpointing) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, java.time.Duration.ofMillis(1));
        if (checkpoints != null) {
            configuration.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    checkpoints.toUri().toString());
            configuration.set(
                    CheckpointingOptions.SAVEPOINT_DIRECTORY,
                    checkpoints.toUri().toString());
        }
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        environment.getConfig().enableObjectReuse();
        if (checkpointing) {
            environment.enableCheckpointing(10);
        }
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .uid("source")
                .filter((FilterFunction<Batch>) batch -> batch.lane() == Batch.Lane.MAIN)
                .uid("main")
                .map(new FailAfterCheckpoints())
                .uid("failing")
                .sinkTo(((SinkConnector) Connectors.named(to.connector())).sink(to))
                .uid("sink");
        return environment;
    }
}
