package io.laminar.execution.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps the last watermark of an operator beside its rows. Former subtasks may not have been equally far; the slowest
 * decides.
 */
public final class SlowestWatermark implements StateTables.Head {
    private final LongSupplier watermark;
    private final Consumer<OptionalLong> restored;
    private long slowest = Long.MAX_VALUE;
    private boolean any;

    /**
     * @param watermark the last one
     * @param restored learns, when all rows are back, the watermark of the slowest former subtask, if there was one
     */
    public SlowestWatermark(LongSupplier watermark, Consumer<OptionalLong> restored) {
        this.watermark = watermark;
        this.restored = restored;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(watermark.getAsLong());
    }

    @Override
    public void read(DataInput in) throws IOException {
        any = true;
        slowest = Math.min(slowest, in.readLong());
    }

    @Override
    public void restored() {
        restored.accept(any ? OptionalLong.of(slowest) : OptionalLong.empty());
    }
}
