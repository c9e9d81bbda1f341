package io.laminar.connector.jdbc.sink;

import io.laminar.connector.JobContext;
import io.laminar.connector.jdbc.JdbcConnector;
import io.laminar.connector.jdbc.Tables.Spec;
import io.laminar.spi.batch.Batch;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Jobs that write numbered batches into a table, on Flink in this process. */
final class Jobs {

    private Jobs() {}

    /** Makes the batch of a number; the same at every call. */
    interface Batches extends Serializable {
        Batch of(long number);
    }

    /**
     * Lets batches through, and fails some of the first attempts of a job, each once: with the first batch after some
     * checkpoints are complete.
     */
    static final class Failing extends RichMapFunction<Batch, Batch>
            implements CheckpointListener, CheckpointedFunction {
        /** Batches that one subtask lets through at most before it fails, if checkpoints are slow. */
        private static final int LATEST = 100;

        private static final AtomicInteger FAILURES = new AtomicInteger();
        private static volatile int wantedFailures;
        private static volatile int wantedCheckpoints;
        private static volatile boolean inSnapshots;

        static void prepare(int failures, int checkpoints) {
            FAILURES.set(0);
            wantedFailures = failures;
            wantedCheckpoints = checkpoints;
            inSnapshots = false;
        }

        /** Fails while a checkpoint is taken: the sink has prepared its transaction by then. */
        static void prepareInSnapshots(int failures, int checkpoints) {
            prepare(failures, checkpoints);
            inSnapshots = true;
        }

        static int failures() {
            return FAILURES.get();
        }

        private int completed;
        private int passed;

        @Override
        public Batch map(Batch batch) {
            passed++;
            if (!inSnapshots && (completed >= wantedCheckpoints || passed > LATEST)) {
                fail();
            }
            return batch;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            if (inSnapshots && passed > 0 && completed >= wantedCheckpoints) {
                fail();
            }
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {}

        private void fail() {
            int failures = FAILURES.get();
            boolean again = failures < wantedFailures
                    && getRuntimeContext().getTaskInfo().getAttemptNumber() >= failures;
            if (again && FAILURES.compareAndSet(failures, failures + 1)) {
                throw new IllegalStateException("killed by the test");
            }
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            completed++;
        }
    }

    /**
     * A job to be run.
     *
     * @param count batches
     * @param lanes rows of batches with the same number modulo this stay in order
     * @param checkpoints folder for checkpoints; null: in memory
     * @param from a checkpoint or savepoint to go on from
     */
    record Job(
            Batches batches,
            long count,
            int lanes,
            Spec table,
            int parallelism,
            @Nullable Path checkpoints,
            @Nullable String from) {

        Job(Batches batches, long count, int lanes, Spec table, int parallelism) {
            this(batches, count, lanes, table, parallelism, null, null);
        }

        void run() throws Exception {
            environment().execute();
        }

        JobClient start() throws Exception {
            return environment().executeAsync();
        }

        private StreamExecutionEnvironment environment() {
            Configuration configuration = new Configuration();
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
            // All subtasks start anew, as they do in the product: where only some do, a checkpoint on its way makes
            // Flink 2.3
            // end the process ("some subtask gateway can be closed while others cannot").
            configuration.set(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY, "full");
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(20));
            if (checkpoints != null) {
                String folder = checkpoints.toUri().toString();
                configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder);
                configuration.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, folder);
            }
            if (from != null) {
                configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
            }
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
            environment.getConfig().enableObjectReuse();
            int lanesOfAll = lanes;
            Batches made = batches;
            DataStream<Batch> stream = environment
                    .fromSource(new GatedNumbers(count), WatermarkStrategy.noWatermarks(), "numbers")
                    .uid("numbers")
                    .setParallelism(1)
                    .partitionCustom((lane, subtasks) -> lane % subtasks, number -> (int) (number % lanesOfAll))
                    .map((MapFunction<Long, Batch>) made::of)
                    .returns(TypeInformation.of(Batch.class))
                    .uid("batches")
                    .map(new Failing())
                    .returns(TypeInformation.of(Batch.class))
                    .uid("failing");
            stream.sinkTo(new JdbcConnector()
                            .sink(
                                    table.descriptor(),
                                    new JobContext("test-job-" + table.table(), Duration.ofMillis(20))))
                    .uid("sink");
            return environment;
        }
    }
}
