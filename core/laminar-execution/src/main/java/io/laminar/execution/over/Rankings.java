package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.OverCall;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;

/** What follows from a row's place in its partition: numbers, ranks, tiles and shares. */
final class Rankings implements OverResults {
    private final OverRows rows;
    private final OverCall call;
    private final int position;
    /** By partition: the order of the last row, the rank of the first row of that order, and how many orders there were. */
    private long[] peers = new long[0];

    private long[] ranks = new long[0];
    private long[] dense = new long[0];
    /** By partition: the place of the last row of the present order. */
    private long[] lastPlaces = new long[0];

    Rankings(OverCall call, int position, OverRows rows) {
        this.rows = rows;
        this.call = call;
        this.position = position;
    }

    @Override
    public void reservePartitions(int count) {
        if (peers.length < count) {
            peers = Arrays.copyOf(peers, Capacity.grown(count));
            ranks = Arrays.copyOf(ranks, peers.length);
            dense = Arrays.copyOf(dense, peers.length);
            lastPlaces = Arrays.copyOf(lastPlaces, peers.length);
        }
    }

    @Override
    public void compute(OverSteps steps, Column[] results) {
        results[position] = switch (call.function()) {
            case ROW_NUMBER -> numbers(steps);
            case NTILE -> tiles(steps);
            case RANK -> ranked(steps, false);
            case DENSE_RANK -> ranked(steps, true);
            case PERCENT_RANK -> percents(steps);
            case CUME_DIST -> distribution(steps);
            default -> throw new IllegalStateException("not a rank: " + call.function());
        };
    }

    private Column numbers(OverSteps steps) {
        long[] values = new long[steps.count];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.positions()[steps.rows[i]] + 1;
        }
        return new LongColumn(values, null, values.length);
    }

    private Column ranked(OverSteps steps, boolean withoutGaps) {
        long[] values = new long[steps.count];
        for (int i = 0; i < values.length; i++) {
            rank(steps.rows[i], steps.partitions[i]);
            values[i] = (withoutGaps ? dense : ranks)[steps.partitions[i]];
        }
        return new LongColumn(values, null, values.length);
    }

    /** Takes a row; whether it begins a new order. */
    private boolean rank(int slot, int partition) {
        long place = rows.positions()[slot];
        long peer = rows.peers()[slot];
        if (place > 0 && peers[partition] == peer) {
            return false;
        }
        dense[partition] = place == 0 ? 1 : dense[partition] + 1;
        peers[partition] = peer;
        ranks[partition] = place + 1;
        return true;
    }

    /** The first tiles have one row more than the others, if the rows do not divide evenly. */
    private Column tiles(OverSteps steps) {
        long[] values = new long[steps.count];
        for (int i = 0; i < values.length; i++) {
            long place = rows.positions()[steps.rows[i]];
            long size = rows.sizes()[steps.partitions[i]];
            long small = size / call.number();
            long inLarge = size % call.number() * (small + 1);
            values[i] =
                    place < inLarge ? place / (small + 1) + 1 : (place - inLarge) / small + size % call.number() + 1;
        }
        return new LongColumn(values, null, values.length);
    }

    private Column percents(OverSteps steps) {
        double[] values = new double[steps.count];
        for (int i = 0; i < values.length; i++) {
            int partition = steps.partitions[i];
            rank(steps.rows[i], partition);
            long others = rows.sizes()[partition] - 1;
            values[i] = others == 0 ? 0 : (double) (ranks[partition] - 1) / others;
        }
        return new DoubleColumn(values, null, values.length);
    }

    private Column distribution(OverSteps steps) {
        double[] values = new double[steps.count];
        int[] next = rows.next();
        for (int i = 0; i < values.length; i++) {
            int partition = steps.partitions[i];
            int slot = steps.rows[i];
            if (rank(slot, partition)) {
                int last = slot;
                while (next[last] != OverRows.NONE && rows.peers()[next[last]] == rows.peers()[slot]) {
                    last = next[last];
                }
                lastPlaces[partition] = rows.positions()[last];
            }
            values[i] = (double) (lastPlaces[partition] + 1) / rows.sizes()[partition];
        }
        return new DoubleColumn(values, null, values.length);
    }

    /** A row in place 0 begins anew by itself. */
    @Override
    public void clear(int[] ids, int count) {}

    @Override
    public Column[] save(int[] ids, int count) {
        long[][] values = new long[3][count];
        for (int i = 0; i < count; i++) {
            values[0][i] = peers[ids[i]];
            values[1][i] = ranks[ids[i]];
            values[2][i] = dense[ids[i]];
        }
        Column[] columns = new Column[3];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = new LongColumn(values[c], null, count);
        }
        return columns;
    }

    @Override
    public int load(Batch saved, int from, int[] ids) {
        for (int i = 0; i < saved.size(); i++) {
            peers[ids[i]] = ((LongColumn) saved.column(from)).value(i);
            ranks[ids[i]] = ((LongColumn) saved.column(from + 1)).value(i);
            dense[ids[i]] = ((LongColumn) saved.column(from + 2)).value(i);
        }
        return 3;
    }

    @Override
    public long bytes() {
        return HeapSize.of(peers) + HeapSize.of(ranks) + HeapSize.of(dense) + HeapSize.of(lastPlaces);
    }
}
