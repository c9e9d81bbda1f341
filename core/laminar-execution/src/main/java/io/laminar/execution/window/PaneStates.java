package io.laminar.execution.window;

import io.laminar.execution.aggregate.Groups;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.state.KeyGroupIndex;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.Column;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Panes as bytes: for each key group the panes that have keys in it, with start, end and a batch of states. */
final class PaneStates {

    /** Takes the states of a pane that has been read. */
    interface Reader {
        void pane(long start, long end, Batch saved) throws IOException;
    }

    private final List<Pane> panes = new ArrayList<>();
    private final int maxParallelism;

    private record Pane(long start, long end, Groups groups, KeyGroupIndex index) {}

    PaneStates(int maxParallelism) {
        this.maxParallelism = maxParallelism;
    }

    void add(long start, long end, Groups groups) {
        panes.add(new Pane(start, end, groups, KeyGroupIndex.of(groups.keys(), maxParallelism)));
    }

    void write(int keyGroup, DataOutput out) throws IOException {
        int present = 0;
        for (Pane pane : panes) {
            present += pane.index.count(keyGroup) > 0 ? 1 : 0;
        }
        out.writeInt(present);
        for (Pane pane : panes) {
            int count = pane.index.count(keyGroup);
            if (count > 0) {
                out.writeLong(pane.start);
                out.writeLong(pane.end);
                BatchCodec.write(pane.groups.save(pane.index.ids(keyGroup), count), out);
            }
        }
    }

    static void read(DataInput in, Reader reader) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            long start = in.readLong();
            long end = in.readLong();
            reader.pane(start, end, BatchCodec.read(in));
        }
    }

    /** Adds saved states to groups. */
    static void load(Batch saved, Groups groups, KeyRows keys, int keyColumns) {
        Column[] columns = Arrays.copyOf(saved.columns(), keyColumns);
        keys.load(columns, saved.size());
        groups.load(saved, keys, keyColumns);
    }

    /** Loads the keys of some groups of a table. */
    static void loadKeys(KeyTable table, int[] ids, int count, KeyRows keys) {
        keys.load(table.columns(ids, count), count);
    }
}
