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
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Copies one table into another with a real Flink job in this process. */
public final class FileJobs {
    private FileJobs() {}

    /**
     * Lets batches through, and fails some of the first attempts of a job, each once: with the first batch after some
     * (or no) checkpoints are complete, or at a number of rows if the checkpoints are slow. So the failures come on a
     * machine of any speed.
     */
    public static final class FailAfterCheckpoints extends RichMapFunction<Batch, Batch> implements CheckpointListener {
        /** Failures so far; shared by all tasks, as they run in one process. */
        private static final AtomicInteger FAILURES = new AtomicInteger();

        private static volatile int wantedFailures;
        private static volatile int wantedCheckpoints;
        private static volatile long latestRow;

        /**
         * Begins anew.
         *
         * @param rows of the whole input; no attempt lets more than an eighth of them through a subtask before it fails
         */
        public static void prepare(int checkpoints, int failures, long rows) {
            FAILURES.set(0);
            wantedFailures = failures;
            wantedCheckpoints = checkpoints;
            latestRow = rows / 8;
        }

        public static int failures() {
            return FAILURES.get();
        }

        private int completed;
        private long passed;

        @Override
        public Batch map(Batch batch) {
            passed += batch.size();
            int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
            if (attempt < wantedFailures
                    && (completed >= wantedCheckpoints || passed > latestRow)
                    && FAILURES.compareAndSet(attempt, attempt + 1)) {
                throw new IllegalStateException("killed by the test");
            }
            return batch;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            completed++;
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
        // All subtasks start anew, as they do in the product: where only some do, a checkpoint on its way makes Flink
        // 2.3
        // end the process ("some subtask gateway can be closed while others cannot").
        configuration.set(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY, "full");
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
