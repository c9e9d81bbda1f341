package io.laminar.execution.join;

import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.SlowestWatermark;
import io.laminar.execution.state.StateTables;
import io.laminar.spi.batch.Batch;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What joins bounded by time have in common: they follow the watermark of both inputs together. */
public abstract sealed class TimedJoinOperator implements Operator
        permits WindowJoinOperator, IntervalJoinOperator, TemporalJoinOperator, AsofJoinOperator {
    private static final int STATE_VERSION = 1;

    private final StateTables tables =
            new StateTables(STATE_VERSION, new SlowestWatermark(this::watermark, this::restored));
    private final LateRows late = new LateRows();
    private long watermark = Long.MIN_VALUE;
    private @Nullable OperatorContext context;

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
        tables.open(operatorContext.keyGroups(), operatorContext.maxParallelism());
    }

    protected final OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    private void restored(OptionalLong slowest) {
        watermark = slowest.orElse(watermark);
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

    /** The state, to which joins add their tables. */
    @Override
    public final StateTables tables() {
        return tables;
    }
}
