package io.laminar.flink.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final PlanOperator SOURCE = new PlanOperator("a1", "ticks", "all of it", Role.SOURCE);
    private static final PlanOperator SINK = new PlanOperator("b2", "out", "a\ttab", Role.SINK);

    private static Figures counted(long rows) {
        return Figures.NONE.withCounts(new Counts(rows, rows, 8 * rows, 8 * rows, 0, 0));
    }

    private static List<OperatorFigures> job(long rows) {
        return List.of(
                OperatorFigures.of(SOURCE, "s", 8, List.of(counted(rows), counted(rows))),
                OperatorFigures.of(SINK, "t", 1, List.of(counted(2 * rows).withWatermark(1_000_000))));
    }

    @Test
    void ratesApproachWhatHappensBetweenLooks() {
        FigureTracker tracker = new FigureTracker();
        Instant start = Instant.ofEpochSecond(10);
        assertEquals(0, tracker.look(start, job(0), 0, null, 0).total().rates().rowsIn());
        double first = 0;
        JobFigures now = null;
        for (int second = 1; second <= 30; second++) {
            now = tracker.look(start.plusSeconds(second), job(second * 50L), 1, Duration.ofMillis(5), 7);
            first = second == 1 ? now.total().rates().rowsIn() : first;
        }
        assertTrue(first > 20 && first < 50, "one look alone does not decide: " + first);
        assertEquals(100, now.total().rates().rowsIn(), 0.1);
        assertEquals(800, now.total().rates().bytesOut(), 1);
        assertEquals(50, now.operators().get(0).subtasks().get(1).rates().rowsIn(), 0.1);
        assertEquals(3000, now.total().counts().rowsIn());
        assertEquals(1_000_000, now.total().watermark());
        assertEquals(39_000_000, now.total().watermarkLag());
    }

    @Test
    void totalsGoOnWhereCountersBeginAnew() {
        FigureTracker tracker = new FigureTracker();
        Instant start = Instant.ofEpochSecond(10);
        tracker.look(start, job(100), 0, null, 0);
        JobFigures now = tracker.look(start.plusSeconds(1), job(30), 0, null, 0);
        assertEquals(260, now.total().counts().rowsIn());
        assertTrue(now.total().rates().rowsIn() > 0);
        assertEquals(
                280,
                tracker.look(start.plusSeconds(2), job(40), 0, null, 0)
                        .total()
                        .counts()
                        .rowsIn());
    }

    @Test
    void theHistoryIsBounded() {
        AtomicLong second = new AtomicLong();
        FigureHistory history = new FigureHistory(
                () -> JobFigures.of(Instant.ofEpochSecond(second.getAndIncrement()), job(1), 0, null, 0),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5));
        assertFalse(history.latest().isPresent());
        for (int look = 0; look < 500; look++) {
            history.look();
        }
        List<Long> times = history.series().stream()
                .map(one -> one.time().getEpochSecond())
                .toList();
        assertEquals(LongStream.rangeClosed(0, 11).mapToObj(n -> 440 + 5 * n).toList(), times);
        assertEquals(499, history.latest().orElseThrow().time().getEpochSecond());
    }

    @Test
    void bucketsAreExactToAnEighth() {
        for (long value : new long[] {0, 1, 7, 8, 9, 100, 1023, 1024, 123_456_789, Long.MAX_VALUE}) {
            long upper = LatencyHistogram.upper(LatencyHistogram.bucket(value));
            assertTrue(upper >= value, value + " is above " + upper);
            assertTrue(upper - value <= value / 8, value + " is far below " + upper);
        }
    }

    @Test
    void latenciesOfLongAgoDoNotCount() {
        LatencyHistogram histogram = new LatencyHistogram();
        assertEquals(Latency.NONE, histogram.latency(0));
        for (int percent = 1; percent <= 100; percent++) {
            histogram.record(1_000_000, percent * 1000L, 10);
        }
        Latency now = histogram.latency(2_000_000);
        assertEquals(50_000, now.p50(), 50_000 / 8.0);
        assertEquals(95_000, now.p95(), 95_000 / 8.0);
        assertEquals(99_000, now.p99(), 99_000 / 8.0);
        histogram.record(12_000_000, 1000, 1000);
        assertEquals(95_000, histogram.latency(12_000_000).p99(), 95_000 / 4.0);
        assertEquals(1000, histogram.latency(12_000_000).p50(), 1000 / 8.0);
        histogram.record(23_000_000, 1000, 1);
        assertTrue(histogram.latency(23_000_000).p99() < 1200);
        assertEquals(Latency.NONE, histogram.latency(60_000_000));
    }

    @Test
    void aGaugeSaysTheSameAsATextAndAsFigures() {
        AtomicLong clock = new AtomicLong(1_700_000_000_000_000L);
        NodeGauge gauge = new NodeGauge(clock::get);
        Batch batch = new Batch(2, new Column[0], new long[] {5, clock.get() - 3_000}, null);
        gauge.in(batch);
        gauge.out(batch);
        gauge.arrived(batch);
        gauge.watermark(77);
        gauge.state(5, 6);
        gauge.late(3);
        gauge.bad(4);
        Figures figures = gauge.figures();
        assertEquals(new Counts(2, 2, 16, 16, 3, 4), figures.counts());
        assertEquals(3_000, figures.latency().p50(), 3_000 / 8.0);
        assertEquals(figures, NodeGauge.parse(gauge.getValue()));
    }

    @Test
    void whatARemoteClusterShowsIsPutTogether() {
        String id = "0123456789abcdef0123456789abcdef";
        String other = "fedcba9876543210fedcba9876543210";
        OperatorLayout layout = new OperatorLayout(Map.of(id, SOURCE), Set.of("b2"), 64);
        RemoteReadings readings = new RemoteReadings();
        NodeGauge gauge = new NodeGauge(() -> 0);
        gauge.bad(1);
        List<String> wanted = new ArrayList<>();
        for (String name : List.of(
                "0.Source__ticks." + id + ".laminar_figures",
                "1.Source__ticks." + id + ".laminar_figures",
                "2.Source__ticks." + id + ".laminar_figures",
                "0.Source__ticks.bad_records",
                "0.Source__ticks.pendingRecords",
                "1.Source__ticks.currentOutputWatermark",
                "1.filter-project.currentOutputWatermark",
                "0.currentInputWatermark",
                "0.busyTimeMsPerSecond",
                "0.numRecordsIn")) {
            if (RemoteReadings.isWanted(name, 2)) {
                wanted.add(name);
            }
        }
        assertEquals(6, wanted.size(), wanted.toString());
        wanted.forEach(name -> readings.add("stage", name, name.endsWith("figures") ? gauge.getValue() : "500"));
        readings.add("stage", "0.x." + other + ".laminar_figures", gauge.getValue());
        List<OperatorFigures> operators = readings.of(layout);
        assertEquals(1, operators.size());
        OperatorFigures source = operators.get(0);
        assertEquals("stage", source.stage());
        assertEquals(2, source.parallelism());
        assertEquals(64, source.maxParallelism());
        assertEquals(502, source.total().counts().badRows());
        assertEquals(500, source.total().backlog());
        assertEquals(0.5, source.subtasks().get(0).load().busy());
        assertEquals(500, source.subtasks().get(1).watermark());
    }

    @Test
    void operatorsTravelAsText() {
        assertEquals(SINK, PlanOperator.parse(SINK.text()));
        assertEquals(SOURCE, PlanOperator.parse(SOURCE.text()));
    }
}
