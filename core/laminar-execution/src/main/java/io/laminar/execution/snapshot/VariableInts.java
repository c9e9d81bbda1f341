package io.laminar.execution.snapshot;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Numbers in few bytes: seven bits each, the lowest first; lists as the differences of neighbours. */
final class VariableInts {

    private VariableInts() {}

    static void write(int value, DataOutput out) throws IOException {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.writeByte(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    static int read(DataInput in) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = in.readByte();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than 32 bits");
    }

    /** Writes a list; one that ascends in small steps takes a byte or two per number. */
    static void writeList(int[] values, DataOutput out) throws IOException {
        write(values.length, out);
        int before = 0;
        for (int value : values) {
            int step = value - before;
            write(step << 1 ^ step >> 31, out);
            before = value;
        }
    }

    static int[] readList(DataInput in) throws IOException {
        int[] values = new int[read(in)];
        int before = 0;
        for (int i = 0; i < values.length; i++) {
            int step = read(in);
            before += step >>> 1 ^ -(step & 1);
            values[i] = before;
        }
        return values;
    }
}
