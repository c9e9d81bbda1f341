package io.laminar.execution.over;

import io.laminar.execution.aggregate.GroupStates;
import io.laminar.execution.aggregate.Slide;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.Schema;
import io.laminar.spi.type.TypeWidening;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** The aggregates of one frame; their groups are the partitions. */
final class FrameAggregates implements OverResults {
    private static final int REFRESH = 64;

    private final OverRows rows;
    private final GroupStates states;
    private final int[] positions;
    private final int[] columns;
    private final int width;
    private final FrameCursor frame;
    private final boolean keepsAll;
    /** Whether a row that leaves may leave a rounding error behind. */
    private final boolean rounds;
    /** By partition: rows that have left since its aggregates were last computed from the rows themselves. */
    private int[] leftRows = new int[0];

    private int partitions;

    /** @param positions where the results of the calls go */
    FrameAggregates(List<AggregateCall> calls, int[] positions, Schema input, FrameCursor frame, OverRows rows) {
        this.rows = rows;
        this.positions = positions;
        this.frame = frame;
        this.keepsAll = frame.keepsAll();
        this.rounds = calls.stream().anyMatch(call -> TypeWidening.isFloating(call.type()));
        this.width = input.size();
        this.states = GroupStates.sliding(calls, input, !keepsAll);
        TreeSet<Integer> read = new TreeSet<>();
        for (AggregateCall call : calls) {
            read.addAll(call.arguments());
            call.order().stream().map(SortKey::column).forEach(read::add);
            Integer filter = call.filter();
            if (filter != null) {
                read.add(filter);
            }
        }
        this.columns = read.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void reservePartitions(int count) {
        partitions = count;
        states.reserve(count);
        if (rounds && !keepsAll && leftRows.length < count) {
            leftRows = Arrays.copyOf(leftRows, Capacity.grown(count));
        }
    }

    @Override
    public void compute(OverSteps steps, Column[] results) {
        Slide slide = new Slide(
                batch(steps.entered, steps.enteredCount),
                steps.enteredEnds,
                batch(steps.left, keepsAll ? 0 : steps.leftCount),
                steps.leftEnds,
                steps.partitions,
                steps.count);
        List<Column> columnsOfCalls = states.slide(slide, partitions);
        for (int i = 0; i < positions.length; i++) {
            results[positions[i]] = columnsOfCalls.get(i);
        }
        if (rounds && !keepsAll) {
            refresh(steps);
        }
    }

    /** Computes aggregates anew once as many rows have left as are in the frame: errors cannot add up for ever. */
    private void refresh(OverSteps steps) {
        int from = 0;
        for (int i = 0; i < steps.count; i++) {
            leftRows[steps.partitions[i]] += steps.leftEnds[i] - from;
            from = steps.leftEnds[i];
        }
        int[] partition = new int[1];
        for (int i = 0; i < steps.count; i++) {
            partition[0] = steps.partitions[i];
            int left = leftRows[partition[0]];
            if (left > REFRESH && left > frame.size(partition[0])) {
                int[] inside = frame.inside(partition[0]);
                states.clear(partition, 1);
                refill(inside, inside.length);
                leftRows[partition[0]] = 0;
            }
        }
    }

    /** The columns that calls read, with the places of rows as their times: what has an order goes by them. */
    private Batch batch(int[] slots, int count) {
        Column[] gathered = new Column[width];
        for (int column : columns) {
            gathered[column] = rows.column(column).gather(slots, count);
        }
        long[] places = new long[count];
        for (int i = 0; i < count; i++) {
            places[i] = rows.positions()[slots[i]];
        }
        return new Batch(count, gathered, places, null);
    }

    @Override
    public void clear(int[] ids, int count) {
        states.clear(ids, count);
        for (int i = 0; i < count && leftRows.length > 0; i++) {
            leftRows[ids[i]] = 0;
        }
    }

    @Override
    public Column[] save(int[] ids, int count) {
        return keepsAll ? states.states(ids, count).toArray(new Column[0]) : new Column[0];
    }

    @Override
    public int load(Batch saved, int from, int[] ids) {
        if (!keepsAll) {
            return 0;
        }
        states.mergeStates(saved, from, Rows.first(saved.size()), ids, saved.size());
        return states.states(new int[0], 0).size();
    }

    @Override
    public void refill(int[] slots, int count) {
        if (count == 0) {
            return;
        }
        states.apply(batch(slots, count), Rows.first(count), OverSteps.partitions(slots, count, rows), count);
    }

    @Override
    public long bytes() {
        return states.bytes() + HeapSize.of(leftRows);
    }
}
