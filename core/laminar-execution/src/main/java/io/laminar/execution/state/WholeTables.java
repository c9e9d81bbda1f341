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

/**
 * Tables as whole sections by key group, as {@link StateWriter} takes them: what is kept once, then rows, then those that
 * are held.
 */
public final class WholeTables {
    private static final byte ROWS = 1;
    private static final byte HELD = 2;
    private static final byte END = 0;

    private WholeTables() {}

    /** Rows of one table that belong to one key group. */
    private record Piece(byte kind, int table, Batch rows) {}

    /** Writes everything; a snapshot that is under way is not disturbed. */
    public static void write(StateTables tables, StateWriter writer) {
        write(tables, tables.keyGroups(), tables.maxParallelism(), writer);
    }

    /**
     * As the other one, with finer key groups.
     *
     * @param range the key groups of the tables
     * @param maxParallelism the number of key groups that there are
     */
    public static void write(StateTables tables, KeyGroupRange range, int maxParallelism, StateWriter writer) {
        List<List<Piece>> pieces = new ArrayList<>();
        for (int i = 0; i < range.size(); i++) {
            pieces.add(new ArrayList<>());
        }
        tables.copyAll(new CopiedState() {
            @Override
            public void rows(StateTable table, int store, int[] ids, Batch rows) {
                add(ROWS, table.number(), rows, table.keyGroups(rows, range, maxParallelism));
            }

            @Override
            public void gone(StateTable table, int store, int[] ids, int[] keyGroups) {
                throw new IllegalStateException("nothing has gone from a whole copy");
            }

            @Override
            public void held(HeldTable table, Batch rows) {
                add(HELD, table.number(), rows, table.keyGroups(rows, range, maxParallelism));
            }

            private void add(byte kind, int table, Batch rows, int[] keyGroups) {
                KeyGroupSplit split = new KeyGroupSplit(keyGroups);
                for (int keyGroup = split.first(); keyGroup < split.end(); keyGroup++) {
                    int count = split.count(keyGroup);
                    if (count > 0) {
                        Batch part = count == rows.size() ? rows : rows.gather(split.rows(keyGroup), count);
                        pieces.get(keyGroup - range.first()).add(new Piece(kind, table, part));
                    }
                }
            }

            @Override
            public void end() {}
        });
        writeShared(tables, writer);
        byte[] head = tables.head();
        for (int i = 0; i < range.size(); i++) {
            List<Piece> own = pieces.get(i);
            writer.keyGroup(range.first() + i, out -> write(tables.version(), head, own, out));
        }
    }

    /** Writes everything that all subtasks share. */
    private static void writeShared(StateTables tables, StateWriter writer) {
        byte[] shared = tables.shared();
        if (shared != null) {
            writer.shared(out -> out.write(shared));
        }
    }

    private static void write(int version, byte[] head, List<Piece> pieces, DataOutput out) throws IOException {
        out.writeInt(version);
        out.writeInt(head.length);
        out.write(head);
        for (Piece piece : pieces) {
            out.writeByte(piece.kind());
            out.writeByte(piece.table());
            BatchCodec.write(piece.rows(), out);
        }
        out.writeByte(END);
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
                held.add(new Piece(kind, table, rows));
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
