package io.laminar.execution.window;

import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.SlowestWatermark;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.LongColumn;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link WindowAggregateNode} that is complete or final. Rows behind the watermark are late once all their
 * windows have closed. The state of every key group carries the last watermark, so that late rows stay
 * late after a restart.
 */
public final class WindowAggregateOperator implements Operator {
    private static final int STATE_VERSION = 1;

    private long watermark = Long.MIN_VALUE;
    private final StateTables tables =
            new StateTables(STATE_VERSION, new SlowestWatermark(() -> watermark, this::restored));
    private final WindowState windows;
    private final LateRows late = new LateRows();
    private final TimeDomain time;
    private final int paneColumn;
    private final boolean early;
    private final long interval;
    private boolean flushRequested;
    private long flushAt;
    private @Nullable OperatorContext context;

    public WindowAggregateOperator(WindowAggregateNode node) {
        if (node.phase() == Phase.PARTIAL) {
            throw new IllegalArgumentException("a partial node is run by PartialWindowOperator");
        }
        boolean retracts = node.input().changelog() != ChangelogMode.APPEND;
        WindowContext shared = new WindowContext(
                node.keys(), node.calls(), node.input().schema(), node.phase(), retracts, slides(node.window()));
        this.early = node.emit() instanceof Emit.Changes;
        this.interval = node.emit() instanceof Emit.Changes changes ? changes.interval() : 0;
        this.windows = early ? earlyWindows(node, shared, tables) : windows(node.window(), shared, tables);
        this.time = node.time();
        this.paneColumn = node.phase() == Phase.FINAL ? node.input().schema().size() - 1 : -1;
    }

    /** Whether windows share panes. */
    private static boolean slides(WindowSpec spec) {
        return !(spec instanceof WindowSpec.Attached)
                && !(spec instanceof WindowSpec.Session)
                && !WindowFrames.of(spec).singlePane();
    }

    private static WindowState windows(WindowSpec spec, WindowContext context, StateTables tables) {
        if (spec instanceof WindowSpec.Attached attached) {
            return new SinglePaneWindows(context, attached, tables);
        }
        if (spec instanceof WindowSpec.Session session) {
            return new SessionWindows(context, session.gap(), null, tables);
        }
        WindowFrames frames = WindowFrames.of(spec);
        return frames.singlePane()
                ? new SinglePaneWindows(context, frames, tables)
                : new SlidingWindows(context, frames, tables);
    }

    private static WindowState earlyWindows(WindowAggregateNode node, WindowContext context, StateTables tables) {
        return node.window() instanceof WindowSpec.Session session
                ? new SessionWindows(context, session.gap(), new SessionChanges(context), tables)
                : new EarlyWindows(context, node.window(), tables, node.changelog() == ChangelogMode.UPSERT);
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
        tables.open(operatorContext.keyGroups(), operatorContext.maxParallelism());
    }

    private OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        if (time == TimeDomain.EVENT) {
            add(batch, paneColumn < 0 ? batch.rowtime() : ((LongColumn) batch.column(paneColumn)).values(), out);
            scheduleFlush(out);
            return;
        }
        long now = context().now();
        advance(now - 1, out);
        add(batch, WindowEmitter.filled(now, batch.size()), out);
        wakeAtNextEnd();
        scheduleFlush(out);
    }

    private void scheduleFlush(Output out) {
        if (!early || flushRequested) {
            return;
        }
        if (interval == 0) {
            windows.emitChanges(out);
        } else {
            flushRequested = true;
            flushAt = context().now() + interval;
            context().wakeAt(flushAt);
        }
    }

    private void add(Batch batch, long[] times, Output out) {
        windows.add(batch, times, watermark, late);
        late.send(0, batch, context(), out);
    }

    @Override
    public void watermark(long value, Output out) {
        if (time == TimeDomain.EVENT) {
            advance(value, out);
        }
    }

    @Override
    public void tick(long now, Output out) {
        if (flushRequested && now >= flushAt) {
            flushRequested = false;
            windows.emitChanges(out);
        }
        if (time == TimeDomain.PROCESSING) {
            advance(now - 1, out);
            wakeAtNextEnd();
        }
    }

    private void wakeAtNextEnd() {
        long end = windows.nextEnd();
        if (end != Long.MAX_VALUE) {
            context().wakeAt(end);
        }
    }

    private void advance(long value, Output out) {
        if (value > watermark) {
            watermark = value;
            windows.advance(value, out);
        }
    }

    @Override
    public void finish(Output out) {
        advance(Long.MAX_VALUE, out);
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    private void restored(OptionalLong slowest) {
        boolean any = slowest.isPresent();
        if (any) {
            watermark = slowest.getAsLong();
            windows.restored(watermark);
        }
        if (time == TimeDomain.PROCESSING) {
            wakeAtNextEnd();
        }
        if (early && any && interval > 0) {
            flushRequested = true;
            flushAt = context().now() + interval;
            context().wakeAt(flushAt);
        }
    }

    @Override
    public long idleUntil() {
        long end = windows.nextEnd();
        return time == TimeDomain.PROCESSING || end == Long.MAX_VALUE ? Long.MAX_VALUE : end - 1;
    }

    @Override
    public long stateBytes() {
        return windows.bytes();
    }
}
