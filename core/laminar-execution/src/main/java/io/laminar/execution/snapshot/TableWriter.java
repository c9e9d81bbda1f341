package io.laminar.execution.snapshot;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.state.HeldTable;
import io.laminar.execution.state.KeyGroupSplit;
import io.laminar.execution.state.StateTable;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchConcat;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sorts copied rows by key group and writes them as sections, so many at a time that sections are not too small. */
final class TableWriter {
    private static final int MOST_ROWS = 1 << 17;
    /** They are twice in memory while they are written. */
    private static final long MOST_BYTES =
            Math.min(24L << 20, Runtime.getRuntime().maxMemory() / 64);

    private final KeyGroupRange range;
    private final StateFileWriter writer;
    private final Map<Long, Rows> waiting = new LinkedHashMap<>();
    private final List<Block> rest = new ArrayList<>();
    private final Bytes section = new Bytes();
    private int rows;
    private long bytes;

    /** Rows of one store. */
    private static final class Rows {
        private final StateTable table;
        private final int store;
        private final List<int[]> ids = new ArrayList<>();
        private final List<Batch> batches = new ArrayList<>();

        Rows(StateTable table, int store) {
            this.table = table;
            this.store = store;
        }
    }

    /** Something to write of which each key group has some rows. */
    private record Block(KeyGroupSplit split, Part part) {}

    /** Writes some of its rows. */
    private interface Part {
        void write(int[] rows, DataOutputStream out) throws IOException;
    }

    /** A buffer whose bytes can be had without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        byte[] array() {
            return buf;
        }
    }

    TableWriter(KeyGroupRange range, StateFileWriter writer) {
        this.range = range;
        this.writer = writer;
    }

    void rows(StateTable table, int store, int[] ids, Batch batch) throws IOException {
        Rows of = waiting.computeIfAbsent((long) store << 8 | table.number(), s -> new Rows(table, store));
        of.ids.add(ids);
        of.batches.add(batch);
        rows += batch.size();
        bytes += BatchSize.of(batch);
        if (rows >= MOST_ROWS || bytes >= MOST_BYTES) {
            flush(List.of());
        }
    }

    void gone(StateTable table, int store, int[] ids, int[] keyGroups) {
        rest.add(new Block(
                new KeyGroupSplit(keyGroups),
                (some, out) -> TableBlocks.writeGone(table.number(), store, picked(ids, some), out)));
    }

    void held(HeldTable table, Batch batch) {
        rest.add(new Block(
                new KeyGroupSplit(table.keyGroups(batch)),
                (some, out) -> TableBlocks.writeHeld(table.number(), batch.gather(some, some.length), out)));
    }

    /** Writes what is left. */
    void finish() throws IOException {
        flush(rest);
    }

    private void flush(List<Block> others) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Rows of : waiting.values()) {
            Batch all = BatchConcat.of(of.batches);
            int[] ids = concat(of.ids, all.size());
            blocks.add(new Block(
                    new KeyGroupSplit(of.table.keyGroups(all)),
                    (some, out) -> TableBlocks.writeRows(
                            of.table.number(), of.store, picked(ids, some), all.gather(some, some.length), out)));
        }
        blocks.addAll(others);
        waiting.clear();
        rows = 0;
        bytes = 0;
        for (int keyGroup = range.first(); keyGroup <= range.last() && !blocks.isEmpty(); keyGroup++) {
            section.reset();
            DataOutputStream out = new DataOutputStream(section);
            for (Block block : blocks) {
                if (block.split().count(keyGroup) > 0) {
                    block.part().write(block.split().rows(keyGroup), out);
                }
            }
            if (section.size() > 0) {
                writer.add(keyGroup, section.array(), section.size());
            }
        }
    }

    private static int[] concat(List<int[]> parts, int size) {
        int[] all = new int[size];
        int at = 0;
        for (int[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static int[] picked(int[] ids, int[] positions) {
        int[] picked = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            picked[i] = ids[positions[i]];
        }
        return picked;
    }
}
