package io.laminar.execution.join;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.state.KeyGroupIndex;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.IntColumn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a join by key group: rows of both sides, each with when it came and how many matches it has, then batches
 * that wait. Keys, lists and indexes are made again from the rows. A side that all subtasks have is written once.
 */
final class JoinSnapshot {
    private static final byte END = -1;
    private static final byte HELD = 2;

    /** Takes rows that were saved. */
    interface Rows {
        void restore(int input, Batch batch, int[] stamps, int[] matches);
    }

    private final JoinSide[] sides;
    private final KeyTable keys;
    private final @Nullable HeldChanges held;
    private final int broadcast;
    private final KeyGroupRange range;
    private final int maxParallelism;

    JoinSnapshot(JoinSide[] sides, KeyTable keys, @Nullable HeldChanges held, int broadcast, OperatorContext context) {
        this.sides = sides;
        this.keys = keys;
        this.held = held;
        this.broadcast = broadcast;
        this.range = context.keyGroups();
        this.maxParallelism = context.maxParallelism();
    }

    void write(StateWriter writer) {
        int[][] ids = new int[2][];
        int[][] offsets = new int[2][];
        for (JoinSide side : sides) {
            int[] all = side.input == broadcast ? new int[0] : side.rows.ids();
            int[] keyGroups = side.input == broadcast ? new int[0] : keyGroups(side, all);
            offsets[side.input] = offsets(keyGroups);
            ids[side.input] = sorted(all, keyGroups, offsets[side.input]);
        }
        for (int keyGroup = range.first(); keyGroup <= range.last(); keyGroup++) {
            int current = keyGroup;
            writer.keyGroup(keyGroup, out -> {
                for (JoinSide side : sides) {
                    int from = offsets[side.input][current];
                    int to = offsets[side.input][current + 1];
                    write(side, Arrays.copyOfRange(ids[side.input], from, to), out);
                    writeHeld(side, current, out);
                }
                out.writeByte(END);
            });
        }
        if (broadcast >= 0) {
            writer.shared(out -> {
                write(sides[broadcast], sides[broadcast].rows.ids(), out);
                out.writeByte(END);
            });
        }
    }

    private static void write(JoinSide side, int[] ids, DataOutput out) throws IOException {
        for (int from = 0; from < ids.length; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, ids.length - from);
            int[] chunk = Arrays.copyOfRange(ids, from, from + count);
            int[] stamps = new int[count];
            int[] matches = new int[count];
            for (int i = 0; i < count; i++) {
                stamps[i] = side.ages.stamp(chunk[i]);
                matches[i] = side.matches == null ? 0 : side.matches.get(chunk[i]);
            }
            out.writeByte(side.input);
            BatchCodec.write(side.rows.gather(chunk, count), out);
            BatchCodec.write(new IntColumn(stamps, null, count), out);
            BatchCodec.write(new IntColumn(matches, null, count), out);
        }
    }

    private void writeHeld(JoinSide side, int keyGroup, DataOutput out) throws IOException {
        if (held == null) {
            return;
        }
        for (Batch batch : held.of(side.input)) {
            int[] rows = new int[batch.size()];
            int count = 0;
            long[] hashes = new long[batch.size()];
            KeyHasher.hash(batch, side.keyColumns, hashes);
            for (int i = 0; i < rows.length; i++) {
                rows[count] = i;
                count += keyGroup(hashes[i]) == keyGroup ? 1 : 0;
            }
            if (count > 0) {
                out.writeByte(HELD + side.input);
                BatchCodec.write(batch.gather(rows, count), out);
            }
        }
    }

    /** Reads what was written, whichever subtasks wrote it. */
    static void read(StateReader reader, Rows rows, @Nullable HeldChanges held) {
        reader.forEachKeyGroup((keyGroup, in) -> read(in, rows, held));
        reader.shared(in -> read(in, rows, held));
    }

    private static void read(DataInput in, Rows rows, @Nullable HeldChanges held) throws IOException {
        for (byte tag = in.readByte(); tag != END; tag = in.readByte()) {
            Batch batch = BatchCodec.read(in);
            if (tag < HELD) {
                IntColumn stamps = (IntColumn) BatchCodec.readColumn(in);
                IntColumn matches = (IntColumn) BatchCodec.readColumn(in);
                rows.restore(tag, batch, stamps.values(), matches.values());
            } else if (held != null) {
                held.add(tag - HELD, batch);
            }
        }
    }

    /** The key group of each row: that of its key or, without keys, of all its columns. */
    private int[] keyGroups(JoinSide side, int[] ids) {
        int[] keyGroups = new int[ids.length];
        if (!side.keyColumns.isEmpty()) {
            for (int i = 0; i < ids.length; i++) {
                keyGroups[i] = keyGroup(keys.hash(side.lists.key(ids[i])));
            }
            return keyGroups;
        }
        long[] hashes = new long[Batch.TARGET_ROWS];
        for (int from = 0; from < ids.length; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, ids.length - from);
            List<Integer> columns = side.columns;
            KeyHasher.hash(side.rows.gather(Arrays.copyOfRange(ids, from, from + count), count), columns, hashes);
            for (int i = 0; i < count; i++) {
                keyGroups[from + i] = keyGroup(hashes[i]);
            }
        }
        return keyGroups;
    }

    private int keyGroup(long hash) {
        int keyGroup = KeyGroups.keyGroup(hash, maxParallelism);
        return range.contains(keyGroup) ? keyGroup : KeyGroupIndex.withoutKey(range, maxParallelism);
    }

    private int[] offsets(int[] keyGroups) {
        int[] offsets = new int[maxParallelism + 1];
        for (int keyGroup : keyGroups) {
            offsets[keyGroup + 1]++;
        }
        for (int g = 0; g < maxParallelism; g++) {
            offsets[g + 1] += offsets[g];
        }
        return offsets;
    }

    private static int[] sorted(int[] ids, int[] keyGroups, int[] offsets) {
        int[] next = offsets.clone();
        int[] sorted = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            sorted[next[keyGroups[i]]++] = ids[i];
        }
        return sorted;
    }
}
