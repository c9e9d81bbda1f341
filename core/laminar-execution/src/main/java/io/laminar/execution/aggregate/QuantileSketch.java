package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Arrays;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles by a KLL sketch: the rank of what it answers is off by less than 1.4 percent, up to 200 values it is exact.
 * The answer is always one of the values.
 */
final class QuantileSketch implements ObjectStates<QuantileSketch.Values> {
    private static final double HALF = 0.5;

    /** Bytes of the objects that a sketch is made of, beside its values. */
    private static final long OBJECTS = 240;

    private final int argument;
    private final int weight;
    private final int fraction;

    /** A sketch, and the part of the way that is asked for. */
    static final class Values {
        private KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance();
        private double fraction = HALF;
    }

    /**
     * @param argument input column of the values
     * @param weight input column of how often each counts; -1: once
     * @param fraction input column of the part of the way; -1: half of it
     */
    QuantileSketch(int argument, int weight, int fraction) {
        this.argument = argument;
        this.weight = weight;
        this.fraction = fraction;
    }

    @Override
    public Values create() {
        return new Values();
    }

    @Override
    public void addAll(@Nullable Values[] sketches, Batch batch, int[] rows, int[] groups, int count) {
        double[] values = ((DoubleColumn) batch.column(argument)).values();
        if (weight < 0) {
            for (int i = 0; i < count; i++) {
                sketches[groups[i]].sketch.update(values[rows[i]]);
            }
        } else {
            addWeighted(sketches, values, ((LongColumn) batch.column(weight)).values(), rows, groups, count);
        }
        if (fraction >= 0) {
            double[] fractions = ((DoubleColumn) batch.column(fraction)).values();
            for (int i = 0; i < count; i++) {
                sketches[groups[i]].fraction = Distributions.checkedFraction(fractions[rows[i]]);
            }
        }
    }

    private static void addWeighted(
            @Nullable Values[] sketches, double[] values, long[] weights, int[] rows, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            long times = weights[rows[i]];
            if (times < 0) {
                throw new LaminarException(
                        ErrorCode.INVALID_ARGUMENT,
                        "a weight is at least 0, and approx_percentile_cont_with_weight got " + times,
                        "leave such rows out: FILTER (WHERE weight >= 0)");
            } else if (times > 0) {
                sketches[groups[i]].sketch.update(values[rows[i]], times);
            }
        }
    }

    @Override
    public void merge(Values into, Values other) {
        if (!other.sketch.isEmpty()) {
            into.sketch.merge(other.sketch);
            into.fraction = other.fraction;
        }
    }

    /** The sketch, and behind it the part of the way. */
    @Override
    public byte[] write(Values values) {
        byte[] bytes = values.sketch.toByteArray();
        byte[] all = Arrays.copyOf(bytes, bytes.length + Double.BYTES);
        java.nio.ByteBuffer.wrap(all).putDouble(bytes.length, values.fraction);
        return all;
    }

    @Override
    public Values read(byte[] bytes) {
        Values values = new Values();
        int length = bytes.length - Double.BYTES;
        values.sketch = KllDoublesSketch.heapify(Memory.wrap(Arrays.copyOf(bytes, length)));
        values.fraction = java.nio.ByteBuffer.wrap(bytes).getDouble(length);
        return values;
    }

    @Override
    public Column results(@Nullable Values[] sketches, int[] groups, int count) {
        double[] values = new double[count];
        boolean[] nulls = null;
        for (int i = 0; i < count; i++) {
            Values sketch = sketches[groups[i]];
            if (sketch == null || sketch.sketch.isEmpty()) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            } else {
                values[i] = sketch.sketch.getQuantile(sketch.fraction, QuantileSearchCriteria.INCLUSIVE);
            }
        }
        return new DoubleColumn(values, nulls, count);
    }

    @Override
    public long bytes(Values values) {
        // Room for the values it keeps, and for as many levels of them.
        return OBJECTS + (long) Double.BYTES * values.sketch.getNumRetained();
    }
}
