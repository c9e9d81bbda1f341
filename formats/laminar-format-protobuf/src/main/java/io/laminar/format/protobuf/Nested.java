package io.laminar.format.protobuf;

import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.ListBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.batch.MapBuilder;
import io.laminar.spi.batch.StructBuilder;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.VarintReader;
import io.laminar.spi.type.DataType.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Readers of fields that are messages, lists and maps. */
final class Nested {

    private Nested() {}

    /** A message, several of which are merged. */
    private abstract static class MessageField extends FieldReader {
        final VarintReader ints;
        final boolean nullable;
        final String path;
        boolean present;

        MessageField(VarintReader ints, boolean nullable, String path) {
            this.ints = ints;
            this.nullable = nullable;
            this.path = path;
        }

        abstract ColumnBuilder target();

        /** The first of the messages that are merged begins. */
        abstract void beginMessage();

        abstract void readMessage(byte[] b, int from, int to, int rows);

        abstract void finishMessage(int rows, int position);

        @Override
        void begin() {
            present = false;
        }

        @Override
        int read(int tag, byte[] b, int from, int limit, int rows) {
            int length = Wire.length(ints, b, from, limit);
            int start = ints.next();
            if (!present) {
                present = true;
                beginMessage();
            }
            readMessage(b, start, start + length, rows);
            return start + length;
        }

        @Override
        void clear(int rows) {
            present = false;
            target().truncate(rows);
        }

        @Override
        void finish(int rows, int position) {
            if (present) {
                present = false;
                finishMessage(rows, position);
            } else if (nullable) {
                target().appendNull();
            } else {
                throw Scalars.isNull(position, path);
            }
        }

        @Override
        int[] wireTypes() {
            return new int[] {Wire.LENGTH};
        }
    }

    static final class StructReader extends MessageField {
        private final MessageReader message;
        private StructBuilder target = new StructBuilder(new ColumnBuilder[0]);

        StructReader(VarintReader ints, MessageReader message, boolean nullable, String path) {
            super(ints, nullable, path);
            this.message = message;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (StructBuilder) builder;
            ColumnBuilder[] members = new ColumnBuilder[target.width()];
            for (int i = 0; i < members.length; i++) {
                members[i] = target.member(i);
            }
            message.bind(members);
        }

        @Override
        ColumnBuilder target() {
            return target;
        }

        @Override
        void beginMessage() {
            message.begin();
        }

        @Override
        void readMessage(byte[] b, int from, int to, int rows) {
            message.read(b, from, to, rows);
        }

        @Override
        void finishMessage(int rows, int position) {
            message.finish(rows, position);
            target.endStruct();
        }
    }

    /** Google's wrappers: a scalar that may be missing. */
    static final class WrapperReader extends MessageField {
        private final MessageReader message;
        private ColumnBuilder target = new BooleanBuilder(0);

        /** @param message reads the one field of the wrapper */
        WrapperReader(VarintReader ints, MessageReader message, boolean nullable, String path) {
            super(ints, nullable, path);
            this.message = message;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = builder;
            message.bind(new ColumnBuilder[] {builder});
        }

        @Override
        ColumnBuilder target() {
            return target;
        }

        @Override
        void beginMessage() {
            message.begin();
        }

        @Override
        void readMessage(byte[] b, int from, int to, int rows) {
            message.read(b, from, to, rows);
        }

        @Override
        void finishMessage(int rows, int position) {
            message.finish(rows, position);
        }
    }

    /** Google's Timestamp and Duration: seconds and nanoseconds as microseconds. */
    static final class TimeReader extends MessageField {
        private static final int SECONDS = Wire.tag(1, Wire.VARINT);
        private static final int NANOS = Wire.tag(2, Wire.VARINT);
        private static final long MICROS_PER_SECOND = 1_000_000;
        private static final long NANOS_PER_MICRO = 1_000;

        private long seconds;
        private long nanos;
        private LongBuilder target = new LongBuilder(0);

        TimeReader(VarintReader ints, boolean nullable, String path) {
            super(ints, nullable, path);
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (LongBuilder) builder;
        }

        @Override
        ColumnBuilder target() {
            return target;
        }

        @Override
        void beginMessage() {
            seconds = 0;
            nanos = 0;
        }

        @Override
        void readMessage(byte[] b, int from, int to, int rows) {
            int p = from;
            while (p < to) {
                int tag = Wire.tag(ints.read(b, p, to), p);
                p = ints.next();
                if (tag == SECONDS) {
                    seconds = ints.read(b, p, to);
                    p = ints.next();
                } else if (tag == NANOS) {
                    nanos = (int) ints.read(b, p, to);
                    p = ints.next();
                } else {
                    p = Wire.skip(ints, tag, b, p, to);
                }
            }
        }

        @Override
        void finishMessage(int rows, int position) {
            long micros = seconds * MICROS_PER_SECOND;
            long fraction = Math.floorDiv(nanos, NANOS_PER_MICRO);
            boolean fits = Math.multiplyHigh(seconds, MICROS_PER_SECOND) == micros >> 63
                    && ((micros ^ micros + fraction) & (fraction ^ micros + fraction)) >= 0;
            if (!fits) {
                throw new RecordFailure(position, "column '" + path + "': a time is out of range");
            }
            target.append(micros + fraction);
        }
    }

    static final class ListReader extends FieldReader {
        private final VarintReader ints;
        private final FieldReader elements;
        private final boolean packable;
        private ListBuilder target = new ListBuilder(ColumnBuilder.of(Scalar.INT, 0), 0);

        /** @param packable whether elements may also stand together after one length */
        ListReader(VarintReader ints, FieldReader elements, boolean packable) {
            this.ints = ints;
            this.elements = elements;
            this.packable = packable;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (ListBuilder) builder;
            elements.bind(target.elements());
        }

        @Override
        int read(int tag, byte[] b, int from, int limit, int rows) {
            if (!packable || (tag & 7) != Wire.LENGTH) {
                return readElement(tag, b, from, limit);
            }
            int length = Wire.length(ints, b, from, limit);
            int p = ints.next();
            int end = p + length;
            while (p < end) {
                p = readElement(tag, b, p, end);
            }
            return end;
        }

        private int readElement(int tag, byte[] b, int from, int limit) {
            int size = target.elements().size();
            elements.begin();
            int end = elements.read(tag, b, from, limit, size);
            if (!(elements instanceof Scalars.ScalarReader)) {
                elements.finish(size, from);
            }
            return end;
        }

        @Override
        void clear(int rows) {
            target.truncate(rows);
        }

        @Override
        void finish(int rows, int position) {
            target.endList();
        }

        @Override
        int[] wireTypes() {
            int[] types = elements.wireTypes();
            return packable ? new int[] {types[0], Wire.LENGTH} : types;
        }
    }

    /**
     * Maps: entries may come in any order with other fields between, and of keys that repeat the last one counts. So
     * where entries are is collected, and they are read when the message ends.
     */
    static final class MapReader extends FieldReader {
        private static final int FIRST_ENTRIES = 16;

        private static final int KEY = 1;

        private final VarintReader ints;
        private final MessageReader entry;
        private int[] entries = new int[2 * FIRST_ENTRIES];
        private byte[] source = new byte[0];
        private int used;
        private MapBuilder target =
                new MapBuilder(ColumnBuilder.of(Scalar.TEXT, 0), ColumnBuilder.of(Scalar.INT, 0), 0);

        /** @param entry reads a key and a value */
        MapReader(VarintReader ints, MessageReader entry) {
            this.ints = ints;
            this.entry = entry;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (MapBuilder) builder;
            entry.bind(new ColumnBuilder[] {target.keys(), target.values()});
        }

        @Override
        void begin() {
            used = 0;
        }

        @Override
        int read(int tag, byte[] b, int from, int limit, int rows) {
            int length = Wire.length(ints, b, from, limit);
            if (used == entries.length) {
                entries = Arrays.copyOf(entries, used * 2);
            }
            source = b;
            entries[used] = ints.next();
            entries[used + 1] = ints.next() + length;
            used += 2;
            return ints.next() + length;
        }

        @Override
        void clear(int rows) {
            used = 0;
        }

        @Override
        void finish(int rows, int position) {
            dropRepeated();
            for (int i = 0; i < used; i += 2) {
                if (entries[i] >= 0) {
                    int size = target.keys().size();
                    entry.begin();
                    entry.read(source, entries[i], entries[i + 1], size);
                    entry.finish(size, entries[i]);
                }
            }
            used = 0;
            source = new byte[0];
            target.endMap();
        }

        private void dropRepeated() {
            if (used <= 2) {
                return;
            }
            Map<String, Integer> last = new HashMap<>();
            for (int i = 0; i < used; i += 2) {
                Integer earlier = last.put(key(entries[i], entries[i + 1]), i);
                if (earlier != null) {
                    entries[earlier] = -1;
                }
            }
        }

        /** The bytes of an entry's key as it is written; without one it is the default, which is written shortest. */
        private String key(int from, int to) {
            String key = "";
            int p = from;
            while (p < to) {
                int tag = Wire.tag(ints.read(source, p, to), p);
                int start = ints.next();
                p = Wire.skip(ints, tag, source, start, to);
                if (Wire.number(tag) == KEY) {
                    String bytes = new String(source, start, p - start, StandardCharsets.ISO_8859_1);
                    key = bytes.chars().allMatch(c -> c == 0) ? "" : bytes;
                }
            }
            return key;
        }

        @Override
        int[] wireTypes() {
            return new int[] {Wire.LENGTH};
        }
    }
}
