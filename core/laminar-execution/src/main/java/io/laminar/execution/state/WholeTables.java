package io.laminar.execution.state;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tables as whole sections by key group, as {@link StateWriter} takes them: what is kept once, then rows, then those that
 * are held.
 */
public final class WholeTables {
    private static final byte ROWS = 1;
    private static final byte HELD = 2;
    private static final byte END = 0;

    private WholeTables() {}

    /** Rows of one table that are held. */
    private record Piece(int table, Batch rows) {}

    /** A store of a table. */
    private record Stored(int table, RowGroups rows) {}

    /** Writes everything; a snapshot that is under way is not disturbed. */
    public static void write(StateTables tables, StateWriter writer) {
        write(tables, tables.keyGroups(), tables.maxParallelism(), writer);
    }

    /**
     * As the other one, with finer key groups. What is stored is not copied as a whole: there may be no room for that.
     *
     * @param range the key groups of the tables
     * @param maxParallelism the number of key groups that there are
     */
    public static void write(StateTables tables, KeyGroupRange range, int maxParallelism, StateWriter writer) {
        List<Stored> stores = new ArrayList<>();
        for (StateTable table : tables.tables()) {
            for (RowTracker tracker : table.trackers()) {
                stores.add(new Stored(table.number(), RowGroups.of(tracker.rows(), range, maxParallelism)));
            }
        }
        List<List<Piece>> held = held(tables, range, maxParallelism);
        writeShared(tables, writer);
        byte[] head = tables.head();
        for (int i = 0; i < range.size(); i++) {
            int group = i;
            writer.keyGroup(range.first() + i, out -> {
                out.writeInt(tables.version());
                out.writeInt(head.length);
                out.write(head);
                for (Stored store : stores) {
                    store.rows().copy(group, some -> write(ROWS, store.table(), some, out));
                }
                for (Piece piece : held.get(group)) {
                    write(HELD, piece.table(), piece.rows(), out);
                }
                out.writeByte(END);
            });
        }
    }

    private static void write(byte kind, int table, Batch rows, DataOutput out) throws IOException {
        out.writeByte(kind);
        out.writeByte(table);
        BatchCodec.write(rows, out);
    }

    /** What is held, by the position of its key group in the range. */
    private static List<List<Piece>> held(StateTables tables, KeyGroupRange range, int maxParallelism) {
        List<List<Piece>> pieces = new ArrayList<>();
        for (int i = 0; i < range.size(); i++) {
            pieces.add(new ArrayList<>());
        }
        for (HeldTable table : tables.heldTables()) {
            for (Supplier<Batch> piece : table.pieces()) {
                Batch rows = piece.get();
                if (rows.size() > 0) {
                    add(pieces, table, rows, range, maxParallelism);
                }
            }
        }
        return pieces;
    }

    private static void add(
            List<List<Piece>> pieces, HeldTable table, Batch rows, KeyGroupRange range, int maxParallelism) {
        KeyGroupSplit split = new KeyGroupSplit(table.keyGroups(rows, range, maxParallelism));
        for (int keyGroup = split.first(); keyGroup < split.end(); keyGroup++) {
            int count = split.count(keyGroup);
            if (count > 0) {
                Batch part = count == rows.size() ? rows : rows.gather(split.rows(keyGroup), count);
                pieces.get(keyGroup - range.first()).add(new Piece(table.number(), part));
            }
        }
    }

    /** Writes everything that all subtasks share. */
    private static void writeShared(StateTables tables, StateWriter writer) {
        byte[] shared = tables.shared();
        if (shared != null) {
            writer.shared(out -> out.write(shared));
        }
    }

    /** Reads what {@link #write} wrote. */
    public static void read(StateTables tables, StateReader reader) {
        List<Piece> held = new ArrayList<>();
        reader.forEachKeyGroup((keyGroup, in) -> {
            refuseOther(tables.version(), in.readInt());
            byte[] head = new byte[in.readInt()];
            in.readFully(head);
            tables.restoreHead(new DataInputStream(new ByteArrayInputStream(head)));
            read(tables, in, held);
        });
        for (Piece piece : held) {
            tables.heldTables().get(piece.table()).restore(piece.rows());
        }
        reader.shared(tables::restoreShared);
        tables.restored();
    }

    private static void read(StateTables tables, DataInput in, List<Piece> held) throws IOException {
        for (byte kind = in.readByte(); kind != END; kind = in.readByte()) {
            int table = in.readByte();
            Batch rows = BatchCodec.read(in);
            if (kind == HELD) {
                held.add(new Piece(table, rows));
            } else {
                tables.tables().get(table).restore(rows);
            }
        }
    }

    /** Refuses state that the operator wrote in another version of it. */
    public static void refuseOther(int version, int found) {
        if (found != version) {
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "the saved state of an operator has version " + found + ", this version of Laminar reads "
                            + version);
        }
    }
}
