package io.laminar.format.protobuf;

import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.RecordOutput;
import io.laminar.spi.format.VarintReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The wire format: tags, lengths, and passing over fields nobody wants. */
final class Wire {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_VARINT = 10;
    private static final int MAX_DEPTH = 100;

    private Wire() {}

    static int tag(int number, int type) {
        return number << 3 | type;
    }

    static int number(int tag) {
        return tag >>> 3;
    }

    /** The tag whose bits a reader has read; there is no field 0. */
    static int tag(long bits, int position) {
        int tag = (int) bits;
        if ((bits >>> Integer.SIZE) != 0 || number(tag) == 0) {
            throw new RecordFailure(position, "a field has no valid number");
        }
        return tag;
    }

    /** The length at {@code from}; that many bytes are there after it. */
    static int length(VarintReader ints, byte[] b, int from, int limit) {
        long length = ints.read(b, from, limit);
        if (length < 0 || length > limit - ints.next()) {
            throw RecordFailure.truncated(from);
        }
        return (int) length;
    }

    static long fixed64(byte[] b, int from, int limit) {
        if (limit - from < Long.BYTES) {
            throw RecordFailure.truncated(from);
        }
        return (long) LONGS.get(b, from);
    }

    static int fixed32(byte[] b, int from, int limit) {
        if (limit - from < Integer.BYTES) {
            throw RecordFailure.truncated(from);
        }
        return (int) INTS.get(b, from);
    }

    /** The position after the value of a field whose tag ends at {@code from}. */
    static int skip(VarintReader ints, int tag, byte[] b, int from, int limit) {
        return skip(ints, tag, b, from, limit, 0);
    }

    private static int skip(VarintReader ints, int tag, byte[] b, int from, int limit, int depth) {
        switch (tag & 7) {
            case VARINT -> {
                ints.read(b, from, limit);
                return ints.next();
            }
            case FIXED64 -> {
                fixed64(b, from, limit);
                return from + Long.BYTES;
            }
            case LENGTH -> {
                int length = length(ints, b, from, limit);
                return ints.next() + length;
            }
            case FIXED32 -> {
                fixed32(b, from, limit);
                return from + Integer.BYTES;
            }
            case START_GROUP -> {
                return skipGroup(ints, tag, b, from, limit, depth);
            }
            default -> throw new RecordFailure(from, "a field has the unknown wire type " + (tag & 7));
        }
    }

    private static int skipGroup(VarintReader ints, int start, byte[] b, int from, int limit, int depth) {
        if (depth > MAX_DEPTH) {
            throw new RecordFailure(from, "groups are nested deeper than " + MAX_DEPTH + " levels");
        }
        int p = from;
        while (true) {
            int tag = tag(ints.read(b, p, limit), p);
            p = ints.next();
            if ((tag & 7) == END_GROUP) {
                if (number(tag) != number(start)) {
                    throw new RecordFailure(p, "a group ends that has not begun");
                }
                return p;
            }
            p = skip(ints, tag, b, p, limit, depth + 1);
        }
    }

    static void writeVarint(long value, RecordOutput out) {
        byte[] b = out.need(MAX_VARINT);
        int at = out.at();
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            b[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        b[at++] = (byte) rest;
        out.to(at);
    }

    static void writeFixed64(long value, RecordOutput out) {
        LONGS.set(out.need(Long.BYTES), out.at(), value);
        out.to(out.at() + Long.BYTES);
    }

    static void writeFixed32(int value, RecordOutput out) {
        INTS.set(out.need(Integer.BYTES), out.at(), value);
        out.to(out.at() + Integer.BYTES);
    }

    /** Puts the length of what has been written since {@code start} before it. */
    static void insertLength(int start, RecordOutput out) {
        int length = out.at() - start;
        int size = (Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(length)) + 6) / 7;
        byte[] b = out.need(size);
        System.arraycopy(b, start, b, start + size, length);
        out.to(start);
        writeVarint(length, out);
        out.to(start + size + length);
    }
}
