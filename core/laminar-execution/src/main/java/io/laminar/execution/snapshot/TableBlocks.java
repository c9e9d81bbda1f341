package io.laminar.execution.snapshot;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What sections of tables consist of: blocks, each with rows of one table and store. */
final class TableBlocks {
    static final byte ROWS = 1;
    static final byte GONE = 2;
    static final byte HELD = 3;

    private TableBlocks() {}

    static void writeRows(int table, int store, int[] ids, Batch rows, DataOutput out) throws IOException {
        out.writeByte(ROWS);
        out.writeByte(table);
        VariableInts.write(store, out);
        VariableInts.writeList(ids, out);
        BatchCodec.write(rows, out);
    }

    static void writeGone(int table, int store, int[] ids, DataOutput out) throws IOException {
        out.writeByte(GONE);
        out.writeByte(table);
        VariableInts.write(store, out);
        VariableInts.writeList(ids, out);
    }

    static void writeHeld(int table, Batch rows, DataOutput out) throws IOException {
        out.writeByte(HELD);
        out.writeByte(table);
        BatchCodec.write(rows, out);
    }

    /** Takes blocks. */
    interface Target {
        void rows(int table, int store, int[] ids, Batch rows);

        void gone(int table, int store, int[] ids);

        void held(int table, Batch rows);
    }

    static void read(DataInput in, Target target) throws IOException {
        byte kind = in.readByte();
        int table = in.readByte();
        if (kind == HELD) {
            target.held(table, BatchCodec.read(in));
            return;
        }
        int store = VariableInts.read(in);
        int[] ids = VariableInts.readList(in);
        if (kind == ROWS) {
            target.rows(table, store, ids, BatchCodec.read(in));
        } else if (kind == GONE) {
            target.gone(table, store, ids);
        } else {
            throw new IOException("a block of unknown kind " + kind);
        }
    }
}
