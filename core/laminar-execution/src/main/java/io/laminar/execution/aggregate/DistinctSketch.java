package io.laminar.execution.aggregate;

import io.laminar.execution.key.KeyHasher;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/**
 * The number of different values by HyperLogLog: of 4,096 registers, so that the standard error is 1.6 percent and a
 * group takes at most 4 KB; small numbers are exact. What is counted are the hashes by which values are grouped.
 */
final class DistinctSketch implements ObjectStates<Union> {
    private static final int LOG_REGISTERS = 12;

    /** Bytes of the objects that a sketch is made of, beside its registers. */
    private static final long OBJECTS = 160;

    private final int argument;
    private long[] hashes = new long[0];

    DistinctSketch(int argument) {
        this.argument = argument;
    }

    @Override
    public Union create() {
        return new Union(LOG_REGISTERS);
    }

    @Override
    public void addAll(@Nullable Union[] sketches, Batch batch, int[] rows, int[] groups, int count) {
        if (hashes.length < batch.size()) {
            hashes = new long[batch.size()];
        }
        KeyHasher.hash(new Column[] {batch.column(argument)}, batch.size(), hashes);
        for (int i = 0; i < count; i++) {
            sketches[groups[i]].update(hashes[rows[i]]);
        }
    }

    @Override
    public void merge(Union into, Union other) {
        into.update(other.getResult(TgtHllType.HLL_8));
    }

    @Override
    public byte[] write(Union sketch) {
        return sketch.getResult(TgtHllType.HLL_8).toCompactByteArray();
    }

    @Override
    public Union read(byte[] bytes) {
        Union union = create();
        union.update(HllSketch.heapify(bytes));
        return union;
    }

    @Override
    public Column results(@Nullable Union[] sketches, int[] groups, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            Union sketch = sketches[groups[i]];
            values[i] = sketch == null ? 0 : Math.round(sketch.getEstimate());
        }
        return new LongColumn(values, null, count);
    }

    @Override
    public long bytes(Union sketch) {
        return OBJECTS + sketch.getUpdatableSerializationBytes();
    }
}
