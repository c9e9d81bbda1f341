package io.laminar.testing.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.UnionNode;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.testing.text.Changelog;
import io.laminar.testing.text.TextRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SimulatedJobTest {

    private static final Schema SCHEMA = Schema.of(new Field("k", Scalar.BIGINT), new Field("n", Scalar.BIGINT));
    private static final SourceNode SOURCE = source("numbers");

    /** source -> exchange by k -> sums -> sink; the sum stands where FinalRows is, whose operator the factory swaps. */
    private static final PlanNode SUM = new FinalRowsNode(new ExchangeNode(SOURCE, new Distribution.Keyed(List.of(0))));

    private static final SinkNode SINK = new SinkNode(SUM, table("out"));
    private static final StreamPlan PLAN = new StreamPlan(List.of(SINK), PipelineSettings.DEFAULTS);

    private static SourceNode source(String name) {
        return new SourceNode(table(name), new WatermarkSpec(null, null, 0, 0), false, ChangelogMode.APPEND);
    }

    private static TableDescriptor table(String name) {
        return new TableDescriptor(
                name, "test", SCHEMA, Map.of(), List.of(), List.of(), OptionValues.EMPTY, null, BadDataPolicy.FAIL);
    }

    private static Operator operator(PlanNode node) {
        return node instanceof FinalRowsNode ? new SumOperator(SCHEMA) : new PassThrough();
    }

    private static SimulatedJob start(int parallelism, long seed, @Nullable Snapshot from) {
        return new SimulatedJob(PLAN, new SimulatedJob.Options(parallelism, seed, 0), SimulatedJobTest::operator, from);
    }

    private static Batch rows(String... rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, rows.length);
        for (String row : rows) {
            TextRow.parse(row, SCHEMA).appendTo(builder, 0);
        }
        return builder.build();
    }

    private static List<String> fold(List<TextRow> changes) {
        Changelog log = new Changelog(SCHEMA, List.of());
        changes.forEach(log::apply);
        assertEquals(List.of(), log.contradictions());
        return log.rows();
    }

    private static List<TextRow> committed(SimulatedJob job) {
        return job.committed(SINK).stream()
                .flatMap(b -> TextRow.of(b, SCHEMA).stream())
                .toList();
    }

    @Test
    void nothingCountsBeforeACheckpointIsComplete() {
        SimulatedJob job = start(2, 1, null);
        job.feed(SOURCE, 0, rows("1 10", "2 20"));
        job.run();
        assertEquals(List.of(), committed(job));
        job.checkpoint(1);
        job.feed(SOURCE, 1, rows("1 1"));
        job.run();
        assertEquals(List.of("1 10", "2 20"), fold(committed(job)));
        assertEquals(1, job.completed().orElseThrow().checkpoint());
    }

    @Test
    void killsAndRescalingsNeitherLoseNorDouble() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<TextRow> all = new ArrayList<>();
            Snapshot snapshot = null;
            int position = 0;
            int[] positions = new int[20];
            for (int attempt = 1; attempt < 20; attempt++) {
                boolean last = attempt == 19;
                SimulatedJob job = start(1 + random.nextInt(4), seed + attempt, snapshot);
                int barrierAt = last ? 50 : position + random.nextInt(51 - position);
                int killAt = last ? 50 : barrierAt + random.nextInt(51 - barrierAt);
                for (int i = position; i <= killAt; i++) {
                    if (i == barrierAt) {
                        job.checkpoint(attempt);
                        positions[attempt] = i;
                    }
                    if (i < killAt) {
                        job.feed(SOURCE, i % job.parallelism(), rows((i % 7) + " " + i));
                        job.run(random.nextInt(9));
                    }
                }
                if (last) {
                    job.run();
                }
                all.addAll(committed(job));
                snapshot = job.completed().orElse(null);
                position = snapshot == null ? 0 : positions[(int) snapshot.checkpoint()];
            }
            List<String> expected = new ArrayList<>();
            for (int key = 0; key < 7; key++) {
                int sum = 0;
                for (int i = key; i < 50; i += 7) {
                    sum += i;
                }
                expected.add(key + " " + sum);
            }
            assertEquals(expected, fold(all), "seed " + seed);
        }
    }

    @Test
    void aWatermarkIsTheLeastOfAllInputs() {
        SourceNode other = source("others");
        SinkNode sink = new SinkNode(new UnionNode(List.of(SOURCE, other), SCHEMA), table("out"));
        List<Long> seen = new ArrayList<>();
        SimulatedJob job = new SimulatedJob(
                new StreamPlan(
                        List.of(new SinkNode(new FinalRowsNode(sink.input()), table("out"))),
                        PipelineSettings.DEFAULTS),
                new SimulatedJob.Options(1, 1, 0),
                node -> node instanceof FinalRowsNode ? new Watcher(seen) : new PassThrough(),
                null);
        job.watermark(SOURCE, 10);
        job.run();
        assertEquals(List.of(), seen);
        job.watermark(other, 5);
        job.run();
        job.end(other);
        job.run();
        job.end(SOURCE);
        assertFalse(job.isFinished());
        job.run();
        assertEquals(List.of(5L, 10L, Long.MAX_VALUE), seen);
        assertTrue(job.isFinished());
    }

    /** Remembers watermarks. */
    private record Watcher(List<Long> seen) implements Operator {
        @Override
        public void open(OperatorContext context) {}

        @Override
        public void process(int input, Batch batch, Output out) {}

        @Override
        public void watermark(long time, Output out) {
            seen.add(time);
        }
    }
}
