package io.laminar.flink.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laminar.flink.testing.NumbersConnector;
import io.laminar.flink.testing.TestOperators;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class BatchWatermarksTest {
    private final List<Long> emitted = new ArrayList<>();
    private final WatermarkOutput output = new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
            emitted.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    };

    @Test
    void theGreatestTimeLessTheDelayAndNeverBack() {
        WatermarkGenerator<Batch> watermarks = generator(new WatermarkSpec(null, null, 100, 0));
        watermarks.onEvent(batch(Batch.Lane.MAIN, 1000, 3000, 2000), 0, output);
        watermarks.onEvent(batch(Batch.Lane.MAIN, 2500), 0, output);
        watermarks.onEvent(batch(Batch.Lane.MAIN, 3001), 0, output);
        assertEquals(List.of(2899L, 2900L), emitted);
    }

    @Test
    void deadLettersDoNotCount() {
        WatermarkGenerator<Batch> watermarks = generator(new WatermarkSpec(null, null, 0, 0));
        watermarks.onEvent(batch(Batch.Lane.DEAD_LETTER, 9999), 0, output);
        assertEquals(List.of(), emitted);
    }

    @Test
    void aColumnCanSayTheWatermark() {
        Expression column = new Expression.Input(1, Scalar.TIMESTAMP, false);
        WatermarkGenerator<Batch> watermarks = generator(new WatermarkSpec(null, column, 100, 0));
        watermarks.onEvent(batch(Batch.Lane.MAIN, 1000, 3000), 0, output);
        assertEquals(List.of(2999L), emitted);
    }

    @Test
    void anEventTimeThatIsNullIsRefused() {
        Expression column = new Expression.Input(0, Scalar.TIMESTAMP, true);
        EventTime time = EventTime.of(NumbersConnector.SCHEMA, ChangelogMode.APPEND, column, TestOperators::create);
        LongColumn values = new LongColumn(new long[] {1, 0}, new boolean[] {false, true}, 2);
        Batch batch = new Batch(2, new Column[] {values}, new long[2], null);
        LaminarException error = assertThrows(LaminarException.class, () -> time.of(batch));
        assertEquals(ErrorCode.NULL_NOT_ALLOWED, error.code());
    }

    private static WatermarkGenerator<Batch> generator(WatermarkSpec spec) {
        return BatchWatermarks.of(NumbersConnector.SCHEMA, ChangelogMode.APPEND, spec, TestOperators::create);
    }

    private static Batch batch(Batch.Lane lane, long... times) {
        Column[] columns = {new LongColumn(times, null, times.length), new LongColumn(times, null, times.length)};
        return new Batch(times.length, columns, times, null, lane);
    }
}
