package io.laminar.execution.join;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What joins bounded by time have in common: they follow the watermark of both inputs together. */
public abstract sealed class TimedJoinOperator implements Operator
        permits WindowJoinOperator, IntervalJoinOperator, TemporalJoinOperator, AsofJoinOperator {
    private static final byte STATE_VERSION = 1;

    private final LateRows late = new LateRows();
    private long watermark = Long.MIN_VALUE;
    private @Nullable OperatorContext context;

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
    }

    protected final OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    /** The watermark of both inputs. */
    protected final long watermark() {
        return watermark;
    }

    @Override
    public final void process(int input, Batch batch, Output out) {
        add(input, batch, watermark, late, out);
        late.send(input, batch, context(), out);
    }

    @Override
    public final void watermark(long value, Output out) {
        if (value > watermark) {
            long before = watermark;
            watermark = value;
            advance(before, value, out);
        }
    }

    @Override
    public final void finish(Output out) {
        watermark(Long.MAX_VALUE, out);
    }

    /**
     * Takes rows of one input.
     *
     * @param late takes the rows that came too late
     */
    abstract void add(int input, Batch batch, long watermark, LateRows late, Output out);

    /** Emits what has become certain, and forgets what nobody can need any more. */
    abstract void advance(long before, long watermark, Output out);

    /** Sorts the state by key group. It must not change until it has been written. */
    abstract Section snapshot();

    /**
     * Reads what a snapshot wrote for one key group.
     *
     * @param watermark the last one before the snapshot
     */
    abstract void read(DataInput in, long watermark) throws IOException;

    /** Writes the state of one key group. */
    interface Section {
        void write(int keyGroup, DataOutput out) throws IOException;
    }

    @Override
    public final void snapshot(StateWriter writer) {
        Section section = snapshot();
        KeyGroupRange range = context().keyGroups();
        for (int keyGroup = range.first(); keyGroup <= range.last(); keyGroup++) {
            int current = keyGroup;
            writer.keyGroup(keyGroup, out -> {
                out.writeByte(STATE_VERSION);
                out.writeLong(watermark);
                section.write(current, out);
            });
        }
    }

    @Override
    public final void restore(StateReader reader) {
        // Parts of the state may come from subtasks that were not equally far; the slowest decides.
        long[] slowest = {Long.MAX_VALUE};
        boolean[] any = {false};
        reader.forEachKeyGroup((keyGroup, in) -> {
            if (in.readByte() != STATE_VERSION) {
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH, "the saved state of a join was written by another version");
            }
            any[0] = true;
            slowest[0] = Math.min(slowest[0], in.readLong());
            read(in, slowest[0]);
        });
        if (any[0]) {
            watermark = slowest[0];
        }
    }
}
