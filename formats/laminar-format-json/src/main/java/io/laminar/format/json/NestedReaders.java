package io.laminar.format.json;

import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.ListBuilder;
import io.laminar.spi.batch.MapBuilder;
import io.laminar.spi.batch.StructBuilder;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Readers of arrays, maps and structs. */
final class NestedReaders {

    private NestedReaders() {}

    static final class StructReader extends ValueReader {
        private final ObjectReader object;
        private StructBuilder target = new StructBuilder(new ColumnBuilder[0]);

        StructReader(JsonScanner scanner, String path, Field field, Encodings encodings, int depth) {
            super(scanner, path, field, depth);
            List<Field> members = ((DataType.StructType) field.type()).fields();
            object = new ObjectReader(scanner, path + ".", members, encodings, depth);
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (StructBuilder) builder;
            for (int i = 0; i < target.width(); i++) {
                object.bind(i, target.member(i));
            }
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        int readValue(byte[] b, int from, int limit) {
            if (b[from] != '{') {
                throw expected(b, from, limit, "an object");
            }
            int end = object.read(b, from, limit, target.size());
            target.endStruct();
            return end;
        }
    }

    static final class ListReader extends ValueReader {
        private final ValueReader elements;
        private ListBuilder target = new ListBuilder(ColumnBuilder.of(Scalar.INT, 0), 0);

        ListReader(JsonScanner scanner, String path, Field field, Encodings encodings, int depth) {
            super(scanner, path, field, depth);
            Field element = new Field("element", ((DataType.ListType) field.type()).element());
            elements = ValueReaders.of(scanner, path + "[]", element, encodings, depth + 1);
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (ListBuilder) builder;
            elements.bind(target.elements());
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        int readValue(byte[] b, int from, int limit) {
            if (b[from] != '[') {
                throw expected(b, from, limit, "an array");
            }
            JsonScanner.checkDepth(from, depth);
            int p = scanner.skipWhitespace(b, from + 1, limit);
            if (b[p] == ']') {
                target.endList();
                return p + 1;
            }
            while (true) {
                p = scanner.skipWhitespace(b, elements.read(b, p, limit), limit);
                if (b[p] == ']') {
                    target.endList();
                    return p + 1;
                }
                if (b[p] != ',') {
                    throw JsonScanner.expectedNext(b, p, limit, ']');
                }
                p = scanner.skipWhitespace(b, p + 1, limit);
            }
        }
    }

    /**
     * An object as a map. Keys may repeat and the last one wins, but a builder only appends: so the entries are found
     * first, and then those that count are read.
     */
    static final class MapReader extends ValueReader {
        /** Up to this many entries, comparing each with each is cheaper than hashing. */
        private static final int FEW = 16;

        private final ValueReader keys;
        private final ValueReader values;
        private final boolean textKeys;
        private MapBuilder target =
                new MapBuilder(ColumnBuilder.of(Scalar.TEXT, 0), ColumnBuilder.of(Scalar.INT, 0), 0);

        MapReader(JsonScanner scanner, String path, Field field, Encodings encodings, int depth) {
            super(scanner, path, field, depth);
            DataType.MapType map = (DataType.MapType) field.type();
            keys = ValueReaders.of(
                    scanner, path + " key", new Field("key", map.key(), false), Encodings.KEYS, depth + 1);
            values = ValueReaders.of(scanner, path + "{}", new Field("value", map.value()), encodings, depth + 1);
            textKeys = !JsonFormat.isBareKey(map.key());
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (MapBuilder) builder;
            keys.bind(target.keys());
            values.bind(target.values());
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        int readValue(byte[] b, int from, int limit) {
            if (b[from] != '{') {
                throw expected(b, from, limit, "an object");
            }
            int end = scanner.valueEnd(b, from, limit, depth);
            // Key start, key end and value start of each entry. Maps may hold maps, so this cannot be a field.
            int[] entries = findEntries(b, from, limit);
            dropRepeated(b, entries);
            for (int i = 0; i < entries.length; i += 3) {
                if (entries[i] >= 0) {
                    readKey(b, entries[i], entries[i + 1]);
                    values.read(b, entries[i + 2], limit);
                }
            }
            target.endMap();
            return end;
        }

        private void readKey(byte[] b, int from, int end) {
            if (textKeys) {
                keys.readValue(b, from, end);
            } else if (from + 1 >= end - 1 || keys.readValue(b, from + 1, end - 1) != end - 1) {
                throw expected(b, from, end, "a key of the type");
            }
        }

        private int[] findEntries(byte[] b, int from, int limit) {
            int[] entries = new int[3 * FEW];
            int used = 0;
            int p = scanner.skipWhitespace(b, from + 1, limit);
            while (b[p] != '}') {
                if (b[p] == ',') {
                    p = scanner.skipWhitespace(b, p + 1, limit);
                }
                if (used == entries.length) {
                    entries = Arrays.copyOf(entries, used * 2);
                }
                int keyEnd = scanner.valueEnd(b, p, limit, depth + 1);
                entries[used] = p;
                entries[used + 1] = keyEnd;
                p = scanner.skipWhitespace(b, scanner.expect(b, keyEnd, limit, ':', "after a key"), limit);
                entries[used + 2] = p;
                used += 3;
                p = scanner.skipWhitespace(b, scanner.valueEnd(b, p, limit, depth + 1), limit);
            }
            return Arrays.copyOf(entries, used);
        }

        /** Marks the entries whose key comes again with -1. */
        private static void dropRepeated(byte[] b, int[] entries) {
            if (entries.length > 3 * FEW) {
                dropRepeatedByHash(b, entries);
                return;
            }
            for (int i = 0; i < entries.length; i += 3) {
                for (int j = i + 3; j < entries.length && entries[i] >= 0; j += 3) {
                    if (Arrays.equals(b, entries[i], entries[i + 1], b, entries[j], entries[j + 1])) {
                        entries[i] = -1;
                    }
                }
            }
        }

        private static void dropRepeatedByHash(byte[] b, int[] entries) {
            Map<String, Integer> last = new HashMap<>();
            for (int i = 0; i < entries.length; i += 3) {
                String key = JsonScanner.unescape(b, entries[i], entries[i + 1]);
                Integer earlier = last.put(key, i);
                if (earlier != null) {
                    entries[earlier] = -1;
                }
            }
        }
    }
}
