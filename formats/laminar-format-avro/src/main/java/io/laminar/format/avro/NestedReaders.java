package io.laminar.format.avro;

import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.ListBuilder;
import io.laminar.spi.batch.MapBuilder;
import io.laminar.spi.batch.StructBuilder;
import io.laminar.spi.format.VarintReader;
import io.laminar.spi.type.DataType.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Readers of arrays and maps. */
final class NestedReaders {

    private NestedReaders() {}

    static final class ListReader extends ValueReader {
        private final VarintReader ints;
        private final ValueReader elements;
        private final int leastBytes;
        private ListBuilder target = new ListBuilder(ColumnBuilder.of(Scalar.INT, 0), 0);

        ListReader(VarintReader ints, ValueReader elements, int leastBytes) {
            this.ints = ints;
            this.elements = elements;
            this.leastBytes = leastBytes;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (ListBuilder) builder;
            elements.bind(target.elements());
        }

        @Override
        int read(byte[] b, int from, int limit) {
            int p = from;
            while (true) {
                int count = Lengths.items(ints, b, p, limit, leastBytes);
                p = ints.next();
                if (count == 0) {
                    target.endList();
                    return p;
                }
                for (int i = 0; i < count; i++) {
                    p = elements.read(b, p, limit);
                }
            }
        }
    }

    /** Maps with keys of text. Of keys that repeat the last one counts; as builders only append, entries are read again then. */
    static final class MapReader extends ValueReader {
        /** Up to this many entries, comparing each with each is cheaper than hashing. */
        private static final int FEW = 16;

        private final VarintReader ints;
        private final ValueReader keys;
        private final ValueReader values;
        private MapBuilder target =
                new MapBuilder(ColumnBuilder.of(Scalar.TEXT, 0), ColumnBuilder.of(Scalar.INT, 0), 0);

        MapReader(VarintReader ints, ValueReader keys, ValueReader values) {
            this.ints = ints;
            this.keys = keys;
            this.values = values;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (MapBuilder) builder;
            keys.bind(target.keys());
            values.bind(target.values());
        }

        @Override
        int read(byte[] b, int from, int limit) {
            int first = target.keys().size();
            // Where each entry's key starts and ends. Maps may hold maps, so this cannot be a field.
            int[] entries = new int[2 * FEW];
            int used = 0;
            int p = from;
            while (true) {
                int count = Lengths.items(ints, b, p, limit, 1);
                p = ints.next();
                if (count == 0) {
                    break;
                }
                for (int i = 0; i < count; i++) {
                    if (used == entries.length) {
                        entries = Arrays.copyOf(entries, used * 2);
                    }
                    entries[used] = p;
                    p = keys.read(b, p, limit);
                    entries[used + 1] = p;
                    used += 2;
                    p = values.read(b, p, limit);
                }
            }
            if (dropRepeated(b, entries, used)) {
                target.keys().truncate(first);
                target.values().truncate(first);
                for (int i = 0; i < used; i += 2) {
                    if (entries[i] >= 0) {
                        values.read(b, keys.read(b, entries[i], limit), limit);
                    }
                }
            }
            target.endMap();
            return p;
        }

        /** Marks the entries whose key comes again with -1; whether there are any. */
        private static boolean dropRepeated(byte[] b, int[] entries, int used) {
            if (used > 2 * FEW) {
                return dropRepeatedByHash(b, entries, used);
            }
            boolean any = false;
            for (int i = 0; i < used; i += 2) {
                for (int j = i + 2; j < used && entries[i] >= 0; j += 2) {
                    if (Arrays.equals(b, entries[i], entries[i + 1], b, entries[j], entries[j + 1])) {
                        entries[i] = -1;
                        any = true;
                    }
                }
            }
            return any;
        }

        private static boolean dropRepeatedByHash(byte[] b, int[] entries, int used) {
            Map<String, Integer> last = new HashMap<>();
            boolean any = false;
            for (int i = 0; i < used; i += 2) {
                String key = new String(b, entries[i], entries[i + 1] - entries[i], StandardCharsets.ISO_8859_1);
                Integer earlier = last.put(key, i);
                if (earlier != null) {
                    entries[earlier] = -1;
                    any = true;
                }
            }
            return any;
        }
    }

    /** Maps as arrays of records with a key and a value, which is how maps with other keys than text are written. */
    static final class EntriesReader extends ValueReader {
        private final VarintReader ints;
        private final RecordReader entries;
        private MapBuilder target =
                new MapBuilder(ColumnBuilder.of(Scalar.TEXT, 0), ColumnBuilder.of(Scalar.INT, 0), 0);

        /** @param entries reads a struct of two members, the key and the value */
        EntriesReader(VarintReader ints, RecordReader entries) {
            this.ints = ints;
            this.entries = entries;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (MapBuilder) builder;
            // The struct has no column of its own; its members are the columns of the map.
            entries.bind(new StructBuilder(new ColumnBuilder[] {target.keys(), target.values()}));
        }

        @Override
        int read(byte[] b, int from, int limit) {
            int p = from;
            while (true) {
                int count = Lengths.items(ints, b, p, limit, 1);
                p = ints.next();
                if (count == 0) {
                    target.endMap();
                    return p;
                }
                for (int i = 0; i < count; i++) {
                    int size = target.keys().size();
                    p = entries.readFields(b, p, limit);
                    if (target.values().size() == size) {
                        target.values().appendNull();
                    }
                }
            }
        }
    }
}
