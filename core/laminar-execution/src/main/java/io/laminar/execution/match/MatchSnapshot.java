package io.laminar.execution.match;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Partitions written away and read back: their rows, and the search with its threads and their histories. */
final class MatchSnapshot {
    private final RowStore store;
    private final MatchHistory history;

    MatchSnapshot(RowStore store, MatchHistory history) {
        this.store = store;
        this.history = history;
    }

    void write(MatchPartition partition, DataOutput out) throws IOException {
        out.writeLong(partition.first());
        out.writeLong(partition.known);
        out.writeLong(partition.start);
        out.writeLong(partition.matches);
        out.writeLong(partition.decided);
        writeRows(partition, out);
        out.writeBoolean(partition.open);
        if (partition.open) {
            writeSearch(partition, out);
        }
    }

    private void writeRows(MatchPartition partition, DataOutput out) throws IOException {
        int size = partition.size();
        out.writeInt(size);
        if (size == 0) {
            return;
        }
        int[] handles = new int[size];
        for (int i = 0; i < size; i++) {
            handles[i] = partition.handle(partition.first() + i);
            out.writeLong(partition.variables(partition.first() + i));
        }
        BatchCodec.write(store.batch(handles, size), out);
    }

    /** Entries are numbered anew, every one behind the one before it. */
    private void writeSearch(MatchPartition partition, DataOutput out) throws IOException {
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        for (int t = 0; t < partition.threads; t++) {
            number(partition.entries[t], numbers);
        }
        number(partition.best, numbers);
        out.writeInt(numbers.size());
        for (int entry : numbers.keySet()) {
            int parent = history.parent(entry);
            out.writeInt(parent < 0 ? MatchHistory.NONE : numbers.getOrDefault(parent, MatchHistory.NONE));
            out.writeInt(history.variable(entry));
            out.writeBoolean(history.isHidden(entry));
        }
        out.writeLong(partition.next);
        out.writeInt(partition.threads);
        for (int t = 0; t < partition.threads; t++) {
            out.writeInt(partition.instructions[t]);
            out.writeInt(numbers.getOrDefault(partition.entries[t], MatchHistory.NONE));
        }
        out.writeInt(numbers.getOrDefault(partition.best, partition.best));
    }

    private void number(int entry, Map<Integer, Integer> numbers) {
        Ints chain = new Ints();
        for (int at = entry; at >= 0 && !numbers.containsKey(at); at = history.parent(at)) {
            chain.add(at);
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            numbers.put(chain.get(i), numbers.size());
        }
    }

    /** @return the entries of the partition's histories, every one behind the one before it */
    int[] read(MatchPartition partition, DataInput in) throws IOException {
        partition.resume(in.readLong());
        partition.known = in.readLong();
        partition.start = in.readLong();
        partition.matches = in.readLong();
        partition.decided = in.readLong();
        readRows(partition, in);
        partition.open = in.readBoolean();
        return partition.open ? readSearch(partition, in) : new int[0];
    }

    private void readRows(MatchPartition partition, DataInput in) throws IOException {
        int size = in.readInt();
        if (size == 0) {
            return;
        }
        long[] variables = new long[size];
        for (int i = 0; i < size; i++) {
            variables[i] = in.readLong();
        }
        Batch rows = BatchCodec.read(in);
        for (int from = 0; from < size; from += RowStore.CHUNK_ROWS) {
            int count = Math.min(RowStore.CHUNK_ROWS, size - from);
            int[] owners = new int[count];
            int[] sequences = new int[count];
            for (int i = 0; i < count; i++) {
                owners[i] = partition.id;
                sequences[i] = (int) (partition.first() + from + i);
            }
            int handle = store.add(rows.slice(from, count), owners, sequences);
            for (int i = 0; i < count; i++) {
                partition.add(handle + i);
                partition.setVariables(partition.first() + from + i, variables[from + i]);
            }
        }
    }

    private int[] readSearch(MatchPartition partition, DataInput in) throws IOException {
        int[] entries = new int[in.readInt()];
        for (int i = 0; i < entries.length; i++) {
            int parent = in.readInt();
            int variable = in.readInt();
            boolean hidden = in.readBoolean();
            entries[i] = history.add(parent < 0 ? MatchHistory.NONE : entries[parent], variable, hidden, partition);
        }
        partition.next = in.readLong();
        partition.threads = in.readInt();
        partition.reserveThreads(partition.threads);
        for (int t = 0; t < partition.threads; t++) {
            partition.instructions[t] = in.readInt();
            partition.entries[t] = held(in.readInt(), entries);
        }
        partition.best = held(in.readInt(), entries);
        // Who holds an entry is a thread, the match or an entry behind it; reading it back is over.
        for (int entry : entries) {
            history.release(entry, partition);
        }
        return entries;
    }

    private int held(int number, int[] entries) {
        if (number < 0) {
            return number;
        }
        history.hold(entries[number]);
        return entries[number];
    }
}
