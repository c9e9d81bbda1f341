package io.laminar.format.avro;

import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.MapColumn;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.RecordOutput;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes values of columns in Avro's binary form. */
final class Writers {
    private static final int MAX_VARINT = 10;

    private Writers() {}

    /** Writes one value that is not null. */
    @FunctionalInterface
    interface ValueWriter {
        void write(Column column, int row, RecordOutput out);
    }

    /** Writes a value of a column of ints or longs, whichever it is. */
    @FunctionalInterface
    interface WholeWriter {
        void write(long value, RecordOutput out);
    }

    static void writeLong(long value, RecordOutput out) {
        byte[] b = out.need(MAX_VARINT);
        int at = out.at();
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7fL) != 0) {
            b[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        b[at++] = (byte) rest;
        out.to(at);
    }

    static ValueWriter ofInts(WholeWriter writer) {
        return (column, row, out) -> writer.write(((IntColumn) column).value(row), out);
    }

    static ValueWriter ofLongs(WholeWriter writer) {
        return (column, row, out) -> writer.write(((LongColumn) column).value(row), out);
    }

    static void writeFloat(double value, RecordOutput out) {
        int bits = Float.floatToRawIntBits((float) value);
        byte[] b = out.need(Float.BYTES);
        int at = out.at();
        for (int i = 0; i < Float.BYTES; i++) {
            b[at + i] = (byte) (bits >>> 8 * i);
        }
        out.to(at + Float.BYTES);
    }

    static void writeDouble(double value, RecordOutput out) {
        long bits = Double.doubleToRawLongBits(value);
        byte[] b = out.need(Double.BYTES);
        int at = out.at();
        for (int i = 0; i < Double.BYTES; i++) {
            b[at + i] = (byte) (bits >>> 8 * i);
        }
        out.to(at + Double.BYTES);
    }

    static void writeBoolean(Column column, int row, RecordOutput out) {
        out.put((byte) (((BooleanColumn) column).value(row) ? 1 : 0));
    }

    static double number(Column column, int row) {
        return ((DoubleColumn) column).value(row);
    }

    /** Bytes after their length. */
    static void writeBytes(Column column, int row, RecordOutput out) {
        BytesColumn bytes = (BytesColumn) column;
        int count = bytes.lengths()[row];
        writeLong(count, out);
        out.put(bytes.arena(), bytes.starts()[row], count);
    }

    static ValueWriter fixed(int size, String path) {
        return (column, row, out) -> {
            BytesColumn bytes = (BytesColumn) column;
            if (bytes.lengths()[row] != size) {
                throw refused(path, bytes.lengths()[row] + " bytes do not fit into fixed(" + size + ")");
            }
            out.put(bytes.arena(), bytes.starts()[row], size);
        };
    }

    static ValueWriter symbols(List<String> symbols, String path) {
        Map<String, Integer> positions = new HashMap<>();
        for (String symbol : symbols) {
            positions.put(symbol, positions.size());
        }
        return (column, row, out) -> {
            String symbol = ((BytesColumn) column).text(row);
            Integer position = positions.get(symbol);
            if (position == null) {
                throw refused(path, "the enum has no symbol '" + symbol + "'");
            }
            writeLong(position, out);
        };
    }

    static ValueWriter uuid(String path) {
        return (column, row, out) -> {
            BytesColumn bytes = (BytesColumn) column;
            String text =
                    new String(bytes.arena(), bytes.starts()[row], bytes.lengths()[row], StandardCharsets.ISO_8859_1);
            String digits = text.replace("-", "");
            if (!digits.matches("[0-9a-fA-F]{32}")) {
                throw refused(path, "'" + text + "' is no UUID");
            }
            out.put(java.util.HexFormat.of().parseHex(digits));
        };
    }

    /**
     * Decimals in big-endian two's complement.
     *
     * @param size of every value in bytes; negative: each has its length before it
     * @param shift digits that the schema has more after the point than the column
     * @param precision of the schema
     */
    static ValueWriter decimal(int size, int shift, int precision, String path) {
        BigInteger factor = BigInteger.TEN.pow(shift);
        BigInteger bound = BigInteger.TEN.pow(precision);
        Int128 register = new Int128();
        return (column, row, out) -> {
            if (column instanceof DecimalColumn wide) {
                register.set(wide.high()[row], wide.low()[row]);
            } else {
                register.set(((LongColumn) column).value(row));
            }
            BigInteger unscaled = register.toBigInteger().multiply(factor);
            byte[] bytes = unscaled.toByteArray();
            if (unscaled.abs().compareTo(bound) >= 0 || (size >= 0 && bytes.length > size)) {
                throw refused(path, "a number has more digits than the schema's decimal");
            }
            if (size < 0) {
                writeLong(bytes.length, out);
            } else {
                byte[] sign = new byte[size - bytes.length];
                Arrays.fill(sign, (byte) (unscaled.signum() < 0 ? -1 : 0));
                out.put(sign);
            }
            out.put(bytes);
        };
    }

    /** Months, days and milliseconds, of which the column has either the first or the rest. */
    static ValueWriter duration(boolean months, String path) {
        return (column, row, out) -> {
            long value = ((LongColumn) column).value(row);
            long days = months ? 0 : value / 86_400_000_000L;
            long millis = months ? 0 : value % 86_400_000_000L / 1_000;
            boolean exact = months || value % 1_000 == 0;
            if (value < 0 || !exact || (months ? value : days) > 0xffff_ffffL) {
                throw refused(path, "an interval is negative, too long or finer than a millisecond");
            }
            writeUnsigned(months ? value : 0, out);
            writeUnsigned(days, out);
            writeUnsigned(millis, out);
        };
    }

    private static void writeUnsigned(long value, RecordOutput out) {
        for (int i = 0; i < Integer.BYTES; i++) {
            out.put((byte) (value >>> 8 * i));
        }
    }

    static ValueWriter list(ValueWriter element) {
        return (column, row, out) -> {
            ListColumn lists = (ListColumn) column;
            int start = lists.starts()[row];
            int count = lists.lengths()[row];
            if (count > 0) {
                writeLong(count, out);
                for (int i = 0; i < count; i++) {
                    element.write(lists.elements(), start + i, out);
                }
            }
            writeLong(0, out);
        };
    }

    /** Maps and arrays of entries look the same but for what {@code key} writes. */
    static ValueWriter map(ValueWriter key, ValueWriter value) {
        return (column, row, out) -> {
            MapColumn maps = (MapColumn) column;
            int start = maps.starts()[row];
            int count = maps.lengths()[row];
            if (count > 0) {
                writeLong(count, out);
                for (int i = 0; i < count; i++) {
                    key.write(maps.keys(), start + i, out);
                    value.write(maps.values(), start + i, out);
                }
            }
            writeLong(0, out);
        };
    }

    static ValueWriter struct(RecordWriter record) {
        return (column, row, out) -> record.write(((StructColumn) column).members(), row, out);
    }

    /** A value of a union of null and something; null as null. */
    static ValueWriter union(int nullBranch, int branch, ValueWriter writer) {
        return (column, row, out) -> {
            if (column.isNull(row)) {
                writeLong(nullBranch, out);
            } else {
                writeLong(branch, out);
                writer.write(column, row, out);
            }
        };
    }

    /** A value that the schema has no null for. */
    static ValueWriter required(ValueWriter writer, String path) {
        return (column, row, out) -> {
            if (column.isNull(row)) {
                throw new LaminarException(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "column '" + path + "' is NULL, and the schema has no null there",
                        "make the field a union with null, or filter with " + path + " IS NOT NULL");
            }
            writer.write(column, row, out);
        };
    }

    static LaminarException refused(String path, String reason) {
        return new LaminarException(ErrorCode.OUTPUT_FAILED, "column '" + path + "': " + reason);
    }
}
