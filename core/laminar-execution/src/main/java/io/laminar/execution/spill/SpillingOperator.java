package io.laminar.execution.spill;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.snapshot.Snapshotting;
import io.laminar.execution.snapshot.StateSource;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Distributions;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs an operator whose state may take more memory than there is. As long as it does not, all calls go straight to the
 * operator; then its keys are cut into slices, each with an operator of its own, of which some are on disk at any time.
 * Results are the same, but may come later, and the watermark with them: see {@link #outputWatermark}.
 */
public final class SpillingOperator implements Operator, Snapshotting {
    private final Supplier<Operator> factory;
    private final List<List<Integer>> keys;
    private final StateMemory.Share share;
    private final SpillSettings settings;
    private @Nullable Slices slices;
    private @Nullable SliceSnapshots snapshots;
    /** The last watermark that came. */
    private long input = Long.MIN_VALUE;

    private SpillingOperator(
            Supplier<Operator> factory, List<List<Integer>> keys, StateMemory memory, SpillSettings settings) {
        this.factory = factory;
        this.keys = keys;
        this.share = memory.join();
        this.settings = settings;
    }

    /**
     * An operator for a node that keeps state.
     *
     * @param factory makes the operator that does the work, any number of times
     */
    public static SpillingOperator of(
            PlanNode node, Supplier<Operator> factory, StateMemory memory, SpillSettings settings) {
        return of(keys(node), factory, memory, settings);
    }

    /**
     * As the other one.
     *
     * @param keys by input: columns that rows which belong together have in common; none if all rows belong together
     */
    public static SpillingOperator of(
            List<List<Integer>> keys, Supplier<Operator> factory, StateMemory memory, SpillSettings settings) {
        return new SpillingOperator(factory, keys, memory, settings);
    }

    /** By input: columns that rows which belong together have in common; none if all rows belong together. */
    static List<List<Integer>> keys(PlanNode node) {
        if (node instanceof FinalRowsNode) {
            return List.of(IntStream.range(0, node.schema().size()).boxed().toList());
        }
        List<List<Integer>> keys = new ArrayList<>();
        for (Distribution distribution : Distributions.of(node)) {
            if (!(distribution instanceof Distribution.Keyed keyed)
                    || keyed.columns().isEmpty()) {
                return List.of();
            }
            keys.add(keyed.columns());
        }
        return keys;
    }

    @Override
    public void open(OperatorContext operatorContext) {
        Slices opened = new Slices(factory, keys, share, settings, operatorContext);
        opened.open();
        slices = opened;
        snapshots = new SliceSnapshots(opened, operatorContext.keyGroups());
    }

    private Slices slices() {
        return Objects.requireNonNull(slices, "not open");
    }

    private SliceSnapshots snapshots() {
        return Objects.requireNonNull(snapshots, "not open");
    }

    /** Takes the rows that waited when the state was written, before anything else. */
    private Slices upToDate(Output out) {
        Slices current = slices();
        if (snapshots().takeRestored()) {
            current.work().catchUp(out);
        }
        return current;
    }

    @Override
    public void process(int position, Batch batch, Output out) {
        upToDate(out).process(position, batch, out);
    }

    @Override
    public void watermark(long time, Output out) {
        input = Math.max(input, time);
        upToDate(out).watermark(time, out);
    }

    @Override
    public long outputWatermark(long inputWatermark) {
        return Math.min(input, slices().reached());
    }

    @Override
    public void tick(long now, Output out) {
        upToDate(out).tick(now, out);
    }

    @Override
    public void flush(Output out) {
        upToDate(out).flush(out);
    }

    @Override
    public void settle(Output out) {
        upToDate(out).work().settle(out);
    }

    @Override
    public long idleUntil() {
        return Long.MIN_VALUE;
    }

    @Override
    public long stateBytes() {
        return slices().measure();
    }

    @Override
    public long spilledBytes() {
        return slices().folder().bytes();
    }

    @Override
    public StateSource states() {
        return snapshots();
    }

    @Override
    public void snapshot(StateWriter writer) {
        throw new IllegalStateException("it takes its own snapshots");
    }

    @Override
    public void restore(StateReader reader) {
        throw new IllegalStateException("it takes its own snapshots");
    }

    @Override
    public void finish(Output out) {
        upToDate(out).work().finish(out);
    }

    @Override
    public void close() {
        if (slices != null) {
            slices.close();
        } else {
            share.close();
        }
    }
}
