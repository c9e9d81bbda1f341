package io.laminar.execution.over;

import io.laminar.execution.aggregate.GroupExpiry;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.RowTracker;
import io.laminar.plan.node.OverExtent;
import io.laminar.plan.node.OverFrame;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of an operator, their partitions, the frames over them, and what is computed of them. */
final class OverEvaluation {
    /** When a row whose results are known leaves, as event time. */
    interface LeavingTime {
        /**
         * @param time the row's own event time
         * @param reached the greatest event time in frames that count rows ahead; {@link Long#MIN_VALUE} without such
         */
        long of(int slot, long time, long reached);
    }

    private final OverNode node;
    private final OverRows rows;
    private final KeyRows keyRows;
    private final KeyTable keys;
    private final FrameMeasure measure;
    private final List<OverPart> parts;
    private final List<OverResults> holders;
    private final GroupExpiry expiry;
    private @Nullable RowTracker tracker;
    private @Nullable OperatorContext context;
    private int[] ids = new int[Batch.TARGET_ROWS];

    OverEvaluation(OverNode node) {
        Schema input = node.input().schema();
        List<DataType> keyTypes = node.keys().stream().map(input::type).toList();
        this.node = node;
        this.rows = new OverRows(input);
        this.keyRows = new KeyRows(keyTypes);
        this.keys = KeyTable.of(keyTypes);
        SortKey key = measuredKey(node);
        this.measure = new FrameMeasure(rows, key, key == null ? null : input.type(key.column()));
        this.parts = OverPart.of(node, rows, measure);
        this.holders = parts.stream()
                .flatMap(part -> part.results().stream())
                .filter(OverResults::holds)
                .toList();
        this.expiry = new GroupExpiry(node.extent() instanceof OverExtent.EventTime && !endsByTime() ? node.ttl() : 0);
    }

    /** Whether event time tells when a partition is not needed any more. */
    boolean endsByTime() {
        return !ranks()
                && frames().stream().allMatch(frame -> frame.unit() == OverFrame.Unit.RANGE && !frame.keepsAll());
    }

    private static @Nullable SortKey measuredKey(OverNode node) {
        boolean measures = node.calls().stream()
                .anyMatch(call -> call.function().hasFrame() && call.frame().measures());
        return measures && !(node.extent() instanceof OverExtent.EventTime)
                ? node.order().get(0)
                : null;
    }

    OverRows rows() {
        return rows;
    }

    KeyTable keys() {
        return keys;
    }

    KeyRows keyRows() {
        return keyRows;
    }

    List<OverPart> parts() {
        return parts;
    }

    /** What holds rows beyond their frames, in an order that never changes. */
    List<OverResults> holders() {
        return holders;
    }

    /** How often a row is used: by every frame, and until it leaves. */
    int uses() {
        return 1 + (int) parts.stream().filter(part -> part.frame() != null).count();
    }

    void open(OperatorContext operatorContext) {
        context = operatorContext;
    }

    private OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    GroupExpiry expiry() {
        return expiry;
    }

    /** Says who follows which partitions change. */
    void track(RowTracker ofPartitions) {
        tracker = ofPartitions;
    }

    /** Says that rows are about to get their places, and their partitions to change. */
    void touch(int[] slots) {
        rows.touch(slots, slots.length);
        touchPartitions(OverSteps.partitions(slots, slots.length, rows));
    }

    /** Says that partitions are about to change. */
    void touchPartitions(int[] partitions) {
        if (tracker != null) {
            tracker.touch(partitions, partitions.length);
        }
    }

    /** The partitions of rows that come; valid until the next call. */
    int[] partitions(Batch batch, int[] kept, int count) {
        keyRows.load(batch, node.keys());
        int[] found = find(kept, count);
        if (expiry.isActive()) {
            long now = context().now();
            if (tracker != null) {
                tracker.touch(found, count);
            }
            expiry.touch(found, count, now);
            expiry.schedule(now, context());
        }
        return found;
    }

    /** Forgets partitions that have had no row for too long and have none that waits. */
    void expire(long now, OverFlow flow) {
        int[] expired = expiry.expired(keys, flow::isBusy, now, context());
        forget(expired, expired.length);
    }

    /** The partitions of the keys that are loaded. */
    int[] find(int[] kept, int count) {
        if (ids.length < count) {
            ids = new int[count];
        }
        keys.lookup(keyRows, kept, count, ids);
        reserve();
        return ids;
    }

    private void reserve() {
        int limit = keys.limit();
        rows.reservePartitions(limit);
        expiry.reserve(limit);
        if (tracker != null) {
            tracker.reserve(limit);
        }
        for (OverPart part : parts) {
            FrameCursor frame = part.frame();
            if (frame != null) {
                frame.reservePartitions(limit);
            }
            for (OverResults results : part.results()) {
                results.reservePartitions(limit);
            }
        }
    }

    /** Gives rows their places, in this order. */
    void append(int[] slots) {
        rows.append(slots, slots.length);
        measure.set(slots, slots.length);
        for (OverPart part : parts) {
            FrameCursor frame = part.frame();
            if (frame != null) {
                frame.appended(slots, slots.length);
            }
        }
    }

    /** Computes rows, which are in order within their partitions, and emits them. */
    void evaluate(int[] slots, LeavingTime time, Output out) {
        for (int from = 0; from < slots.length; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, slots.length - from);
            emit(Arrays.copyOfRange(slots, from, from + count), count, time, out);
        }
    }

    private void emit(int[] slots, int count, LeavingTime time, Output out) {
        Batch kept = rows.gather(slots, count);
        int width = kept.width();
        Column[] results = new Column[node.calls().size()];
        long[] reached = new long[count];
        Arrays.fill(reached, Long.MIN_VALUE);
        for (OverPart part : parts) {
            part.compute(slots, count, results, reached);
        }
        Column[] columns = Arrays.copyOf(kept.columns(), width + results.length);
        System.arraycopy(results, 0, columns, width, results.length);
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = time.of(slots[i], kept.rowtime()[i], reached[i]);
        }
        out.emit(new Batch(count, columns, times, null));
        parts.forEach(OverPart::release);
        rows.release(slots, count);
    }

    /** Forgets partitions in which no row waits. */
    void forget(int[] partitions, int count) {
        removed(partitions, count);
        for (OverPart part : parts) {
            FrameCursor frame = part.frame();
            if (frame != null) {
                frame.clear(partitions, count);
            }
        }
        clear(partitions, count);
    }

    /** Lets the rows of whole partitions go. */
    void drop(int[] slots, int[] partitions, int count) {
        removed(partitions, count);
        for (OverPart part : parts) {
            FrameCursor frame = part.frame();
            if (frame != null) {
                frame.forget(partitions, count);
            }
            part.results().forEach(results -> results.clear(partitions, count));
        }
        rows.drop(slots, slots.length);
        rows.clear(partitions, count);
        keys.remove(partitions, count);
    }

    private void removed(int[] partitions, int count) {
        if (tracker != null) {
            tracker.remove(partitions, count);
        }
    }

    private void clear(int[] partitions, int count) {
        for (OverPart part : parts) {
            part.results().forEach(results -> results.clear(partitions, count));
        }
        rows.clear(partitions, count);
        keys.remove(partitions, count);
    }

    /** How far ahead frames look in rows. */
    long rowsAhead() {
        return ahead(OverFrame.Unit.ROWS);
    }

    /** How far ahead frames look in event time. */
    long timeAhead() {
        return ahead(OverFrame.Unit.RANGE);
    }

    private long ahead(OverFrame.Unit unit) {
        long farthest = 0;
        for (OverFrame frame : frames()) {
            var ahead = frame.ahead();
            if (frame.unit() == unit && ahead != null) {
                farthest = Math.max(farthest, ahead.longValue());
            }
        }
        return farthest;
    }

    List<OverFrame> frames() {
        List<OverFrame> frames = new ArrayList<>();
        for (OverPart part : parts) {
            FrameCursor frame = part.frame();
            if (frame != null) {
                frames.add(frame.frame());
            }
        }
        return frames;
    }

    /** Whether a call counts the rows of its partition, so that it must be kept. */
    private boolean ranks() {
        return node.calls().stream().map(call -> call.function()).anyMatch(function -> !function.hasFrame());
    }

    /** Heap that this takes, nearly. */
    long bytes() {
        long bytes = rows.bytes() + keys.bytes() + expiry.bytes();
        for (OverPart part : parts) {
            bytes += part.bytes();
        }
        return bytes;
    }
}
