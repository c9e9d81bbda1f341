package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.StatefulOperators;
import io.laminar.execution.exchange.BatchPartitioner;
import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is emitted when, and how batches are split. */
class TimingTest {
    private static final Schema INPUT = Schema.of(new Field("k", Scalar.BIGINT), new Field("v", Scalar.BIGINT));
    private static final AggregateCall COUNT = WindowAggregateOperatorTest.count();
    private static final AggregateCall SUM =
            new AggregateCall("sum", List.of(1), false, null, List.of(), Scalar.BIGINT, true);

    private static Batch rows(long time, long... keysAndValues) {
        return rows(time, null, keysAndValues);
    }

    private static Batch rows(long time, byte[] kinds, long... keysAndValues) {
        int count = keysAndValues.length / 2;
        long[] keys = new long[count];
        long[] values = new long[count];
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = keysAndValues[2 * i];
            values[i] = keysAndValues[2 * i + 1];
            times[i] = time;
        }
        return new Batch(
                count,
                new LongColumn[] {new LongColumn(keys, null, count), new LongColumn(values, null, count)},
                times,
                kinds);
    }

    private static Harness updating(Emit emit, ChangelogMode mode, long ttl) {
        Schema output =
                Schema.of(new Field("k", Scalar.BIGINT), new Field("n", Scalar.BIGINT), new Field("s", Scalar.BIGINT));
        AggregateNode node = new AggregateNode(
                new InputStub(INPUT, mode), List.of(0), List.of(COUNT, SUM), Phase.COMPLETE, emit, ttl, output);
        return new Harness(() -> StatefulOperators.of(node), new Distribution.Keyed(List.of(0)), output, 1);
    }

    private static List<String> taken(Harness harness) {
        List<String> lines = harness.rows.stream().map(Harness.Row::toString).toList();
        harness.rows.clear();
        return lines;
    }

    @Test
    void changesAreEmittedAfterEveryBatchWithoutInterval() {
        Harness harness = updating(new Emit.Changes(0), ChangelogMode.RETRACT, 0);
        harness.feed(rows(5, 1, 10, 2, 20, 1, 1));
        assertEquals(List.of("+I[1, 2, 11]@5", "+I[2, 1, 20]@5"), taken(harness));
        harness.feed(rows(6, new byte[] {RowKind.DELETE, RowKind.INSERT}, 1, 1, 2, 5));
        assertEquals(List.of("-U[1, 2, 11]@6", "+U[1, 1, 10]@6", "-U[2, 1, 20]@6", "+U[2, 2, 25]@6"), taken(harness));
        harness.feed(rows(7, new byte[] {RowKind.DELETE, RowKind.DELETE, RowKind.INSERT}, 1, 10, 2, 5, 2, 5));
        assertEquals(List.of("-D[1, 1, 10]@7"), taken(harness));
        harness.feed(rows(8, 1, 3));
        assertEquals(List.of("+I[1, 1, 3]@8"), taken(harness));
    }

    @Test
    void changesWithinAnIntervalAreOne() {
        Harness harness = updating(new Emit.Changes(1000), ChangelogMode.RETRACT, 0);
        harness.feed(rows(1, 1, 10));
        harness.feed(rows(2, 1, 5));
        harness.clock(999);
        assertEquals(List.of(), taken(harness));
        harness.clock(1000);
        assertEquals(List.of("+I[1, 2, 15]@2"), taken(harness));
        harness.feed(rows(3, 1, 7));
        harness.feed(rows(3, new byte[] {RowKind.DELETE}, 1, 7));
        harness.feed(rows(3, 2, 1));
        harness.feed(rows(3, new byte[] {RowKind.DELETE}, 2, 1));
        harness.clock(3000);
        assertEquals(List.of(), taken(harness));
    }

    @Test
    void waitingChangesOutliveARestart() {
        Harness harness = updating(new Emit.Changes(1000), ChangelogMode.APPEND, 0);
        harness.feed(rows(1, 1, 10));
        harness.clock(1000);
        assertEquals(List.of("+I[1, 1, 10]@1"), taken(harness));
        harness.feed(rows(2, 1, 5, 2, 2));
        harness.restart(2);
        assertEquals(List.of(), taken(harness));
        harness.clock(5000);
        assertEquals(
                List.of("+I[2, 1, 2]@2", "+U[1, 2, 15]@2", "-U[1, 1, 10]@2"),
                taken(harness).stream().sorted().toList());
    }

    @Test
    void keysThatDoNotChangeAreForgotten() {
        long second = 1_000_000;
        Harness harness = updating(new Emit.Changes(0), ChangelogMode.APPEND, 100 * second);
        harness.feed(rows(1, 1, 10, 2, 20));
        harness.clock(60 * second);
        harness.feed(rows(2, 2, 1));
        harness.restart(2);
        harness.clock(130 * second);
        taken(harness);
        harness.feed(rows(3, 1, 1));
        harness.feed(rows(3, 2, 1));
        assertEquals(List.of("+I[1, 1, 1]@3", "-U[2, 2, 21]@3", "+U[2, 3, 22]@3"), taken(harness));
    }

    @Test
    void aGlobalAggregateOfNothingIsOneRow() {
        for (Emit emit : List.of(new Emit.Final(), new Emit.Changes(1000))) {
            Schema output = Schema.of(new Field("n", Scalar.BIGINT), new Field("s", Scalar.BIGINT));
            AggregateNode node = new AggregateNode(
                    new InputStub(INPUT, ChangelogMode.RETRACT),
                    List.of(),
                    List.of(COUNT, SUM),
                    Phase.COMPLETE,
                    emit,
                    0,
                    output);
            Harness harness =
                    new Harness(() -> StatefulOperators.of(node), new Distribution.Keyed(List.of()), output, 3);
            harness.finish();
            assertEquals(List.of("+I[0, null]@0"), taken(harness));
        }
    }

    @Test
    void aGlobalAggregateStaysWhenItsRowsGo() {
        Schema output = Schema.of(new Field("n", Scalar.BIGINT), new Field("s", Scalar.BIGINT));
        AggregateNode node = new AggregateNode(
                new InputStub(INPUT, ChangelogMode.RETRACT),
                List.of(),
                List.of(COUNT, SUM),
                Phase.COMPLETE,
                new Emit.Changes(0),
                0,
                output);
        Harness harness = new Harness(() -> StatefulOperators.of(node), new Distribution.Keyed(List.of()), output, 1);
        harness.feed(rows(1, 1, 5));
        harness.feed(rows(2, new byte[] {RowKind.DELETE}, 1, 5));
        harness.finish();
        assertEquals(List.of("+I[1, 5]@1", "-U[1, 5]@2", "+U[0, null]@2"), taken(harness));
    }

    @Test
    void aSumThatDoesNotFitIsAnError() {
        Harness harness = updating(new Emit.Changes(0), ChangelogMode.APPEND, 0);
        LaminarException error =
                assertThrows(LaminarException.class, () -> harness.feed(rows(1, 1, Long.MAX_VALUE, 1, Long.MAX_VALUE)));
        assertTrue(error.describe().contains("18446744073709551614"), error.describe());
        Harness other = updating(new Emit.Changes(0), ChangelogMode.APPEND, 0);
        other.feed(rows(1, 1, Long.MAX_VALUE, 1, Long.MAX_VALUE, 1, -Long.MAX_VALUE));
        assertEquals(List.of("+I[1, 3, " + Long.MAX_VALUE + "]@1"), taken(other));
    }

    private static Harness window(WindowSpec spec, TimeDomain time, Emit emit) {
        Schema output = Schema.of(
                new Field("k", Scalar.BIGINT),
                new Field("n", Scalar.BIGINT),
                new Field("start", Scalar.TIMESTAMP),
                new Field("end", Scalar.TIMESTAMP));
        WindowAggregateNode node = new WindowAggregateNode(
                new InputStub(INPUT, ChangelogMode.APPEND),
                spec,
                time,
                List.of(0),
                List.of(COUNT),
                Phase.COMPLETE,
                emit,
                output);
        return new Harness(() -> StatefulOperators.of(node), new Distribution.Keyed(List.of(0)), output, 1);
    }

    @Test
    void processingTimeClosesWindowsByTheClock() {
        Harness harness = window(new WindowSpec.Hop(10, 20, 0), TimeDomain.PROCESSING, new Emit.Final());
        harness.clock(3);
        harness.feed(rows(1_000_000, 1, 0));
        harness.clock(12);
        harness.feed(rows(5, 1, 0));
        assertEquals(List.of("+I[1, 1, -10, 10]@9"), taken(harness));
        harness.restart(2);
        harness.clock(20);
        assertEquals(List.of("+I[1, 2, 0, 20]@19"), taken(harness));
        harness.finish();
        assertEquals(List.of("+I[1, 1, 10, 30]@29"), taken(harness));
        assertEquals(0, harness.lateRows);
    }

    @Test
    void processingTimeSessions() {
        Harness harness = window(new WindowSpec.Session(10), TimeDomain.PROCESSING, new Emit.Final());
        harness.clock(1);
        harness.feed(rows(0, 1, 0));
        harness.clock(8);
        harness.feed(rows(0, 1, 0));
        harness.clock(17);
        assertEquals(List.of(), taken(harness));
        harness.clock(18);
        assertEquals(List.of("+I[1, 2, 1, 18]@17"), taken(harness));
    }

    @Test
    void earlyResultsComeInSteps() {
        Harness harness = window(new WindowSpec.Tumble(10, 0), TimeDomain.EVENT, new Emit.Changes(5));
        harness.feed(rows(1, 1, 0));
        harness.feed(rows(2, 1, 0));
        assertEquals(List.of(), taken(harness));
        harness.clock(5);
        assertEquals(List.of("+I[1, 2, 0, 10]@9"), taken(harness));
        harness.feed(rows(3, 1, 0));
        harness.watermark(9);
        assertEquals(List.of("-U[1, 2, 0, 10]@9", "+U[1, 3, 0, 10]@9"), taken(harness));
        harness.clock(10);
        assertEquals(List.of(), taken(harness));
    }

    @Test
    void aWindowClosesWhenNoRowOfItCanCome() {
        Harness harness = window(new WindowSpec.Tumble(10, 0), TimeDomain.EVENT, new Emit.Final());
        harness.feed(rows(9, 1, 0));
        harness.watermark(8);
        assertEquals(List.of(), taken(harness));
        harness.watermark(9);
        assertEquals(List.of("+I[1, 1, 0, 10]@9"), taken(harness));
        harness.restart(2);
        harness.feed(rows(9, 1, 0));
        harness.finish();
        assertEquals(List.of(), taken(harness));
        assertEquals(1, harness.lateRows);
    }

    @Test
    void aKeyedExchangeKeepsOrderAndKeys() {
        BatchPartitioner partitioner = new BatchPartitioner(new Distribution.Keyed(List.of(0)), 3, 128, 0);
        long[] pairs = new long[2000];
        for (int i = 0; i < 1000; i++) {
            pairs[2 * i] = i % 37;
            pairs[2 * i + 1] = i;
        }
        int[] subtaskOfKey = new int[37];
        java.util.Arrays.fill(subtaskOfKey, -1);
        List<Long> seen = new ArrayList<>();
        partitioner.split(rows(0, pairs), (subtask, part) -> {
            long before = -1;
            for (int i = 0; i < part.size(); i++) {
                int key = (int) ((LongColumn) part.column(0)).value(i);
                long value = ((LongColumn) part.column(1)).value(i);
                assertTrue(subtaskOfKey[key] < 0 || subtaskOfKey[key] == subtask);
                subtaskOfKey[key] = subtask;
                assertTrue(value > before);
                before = value;
                seen.add(value);
            }
        });
        assertEquals(1000, seen.stream().distinct().count());
        assertEquals(3, java.util.Arrays.stream(subtaskOfKey).distinct().count());
    }

    @Test
    void aKeyedExchangeServesOperatorsOfDifferentParallelism() {
        long[] pairs = new long[2000];
        for (int i = 0; i < 1000; i++) {
            pairs[2 * i] = i;
        }
        Batch batch = rows(0, pairs);
        int[] parallelisms = {2, 3, 5};
        int[] keyGroups = new int[1000];
        for (int i = 0; i < 1000; i++) {
            keyGroups[i] = KeyGroups.keyGroup(KeyHasher.hashRow(batch, List.of(0), i), 128);
        }
        List<Integer> sizes = new ArrayList<>();
        BatchPartitioner.keyed(List.of(0), parallelisms, 128).split(batch, (part, rows) -> {
            sizes.add(rows.size());
            for (int parallelism : parallelisms) {
                long subtasks = java.util.stream.IntStream.range(0, rows.size())
                        .map(i -> KeyGroups.subtask(
                                keyGroups[(int) ((LongColumn) rows.column(0)).value(i)], parallelism, 128))
                        .distinct()
                        .count();
                assertEquals(1, subtasks, "rows of a part go to one of " + parallelism + " subtasks");
            }
        });
        assertEquals(1000, sizes.stream().mapToInt(Integer::intValue).sum());
        assertEquals(8, sizes.size(), "cut where any of the three is cut, and nowhere else");
    }

    @Test
    void balancedBatchesTakeTurnsAndBroadcastGoesToAll() {
        List<Integer> targets = new ArrayList<>();
        BatchPartitioner balanced = new BatchPartitioner(new Distribution.Balanced(), 3, 128, 2);
        for (int i = 0; i < 4; i++) {
            balanced.split(rows(0, 1, 1), (subtask, part) -> targets.add(subtask));
        }
        assertEquals(List.of(2, 0, 1, 2), targets);
        targets.clear();
        new BatchPartitioner(new Distribution.Broadcast(), 2, 128, 0)
                .split(rows(0, 1, 1), (subtask, part) -> targets.add(subtask));
        assertEquals(List.of(0, 1), targets);
    }
}
