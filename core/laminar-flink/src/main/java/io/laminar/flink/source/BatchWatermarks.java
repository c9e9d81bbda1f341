package io.laminar.flink.source;

import io.laminar.flink.operator.OperatorSource;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.type.Schema;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The watermark of one split, in microseconds, sent right behind the batch it follows from: rows before the greatest
 * time seen so far are not expected any more.
 */
final class BatchWatermarks implements WatermarkGenerator<Batch> {
    private final EventTime time;
    private final long delay;
    private long watermark = Long.MIN_VALUE;

    private BatchWatermarks(EventTime time, long delay) {
        this.time = time;
        this.delay = delay;
    }

    /** The watermarks of one split. */
    static BatchWatermarks of(Schema schema, ChangelogMode changelog, WatermarkSpec spec, OperatorSource operators) {
        Expression expression = spec.watermark();
        EventTime time = EventTime.of(schema, changelog, expression, operators);
        return new BatchWatermarks(time, expression == null ? spec.delay() : 0);
    }

    /** The watermarks of a table; its batches have their event time already. */
    static WatermarkStrategy<Batch> strategy(SourceNode node, OperatorSource operators) {
        WatermarkSpec spec = node.watermark();
        WatermarkStrategy<Batch> strategy =
                WatermarkStrategy.forGenerator(context -> of(node.schema(), node.changelog(), spec, operators));
        return spec.idleTimeout() > 0
                ? strategy.withIdleness(Duration.of(spec.idleTimeout(), ChronoUnit.MICROS))
                : strategy;
    }

    @Override
    public void onEvent(Batch batch, long eventTimestamp, WatermarkOutput output) {
        boolean timed = batch.lane() == Batch.Lane.MAIN || batch.lane() == Batch.Lane.SKIPPED;
        if (!timed || batch.size() == 0) {
            return;
        }
        long[] times = time.of(batch);
        long greatest = times[0];
        for (int row = 1; row < batch.size(); row++) {
            greatest = Math.max(greatest, times[row]);
        }
        if (greatest == EventTime.NONE) {
            return;
        }
        // A watermark of t says that rows at t have come, so the next row may be at t: one microsecond less.
        long reached = greatest - delay - 1;
        if (reached > watermark) {
            watermark = reached;
            output.emitWatermark(new Watermark(reached));
        }
    }

    /** Nothing: watermarks follow batches, not the clock. */
    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
}
