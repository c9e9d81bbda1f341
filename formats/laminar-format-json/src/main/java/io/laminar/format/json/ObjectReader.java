package io.laminar.format.json;

import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.type.Field;
import java.util.List;

/**
 * Reads objects: one row of the record's columns, or one struct. Keys are guessed from the object before and then cost
 * one comparison; values nobody wants are passed over.
 */
final class ObjectReader {
    private final JsonScanner scanner;
    private final ValueReader[] readers;
    private final ColumnBuilder[] builders;
    private final boolean[] exact;
    private final int[] required;
    private final KeyTable keys;
    private final Key start = new Key(new byte[0], Key.UNWANTED, false);
    private final int depth;

    /** The key found last; the position after it is returned beside. */
    private Key found = Key.NONE;

    /**
     * @param prefix what names of members start with in messages, for example {@code location.}
     * @param depth arrays and objects around the object
     */
    ObjectReader(JsonScanner scanner, String prefix, List<Field> fields, Encodings encodings, int depth) {
        this.scanner = scanner;
        this.depth = depth;
        readers = new ValueReader[fields.size()];
        for (int i = 0; i < readers.length; i++) {
            Field field = fields.get(i);
            readers[i] = ValueReaders.of(scanner, prefix + field.name(), field, encodings, depth + 1);
        }
        builders = new ColumnBuilder[readers.length];
        exact = new boolean[readers.length];
        required = java.util.stream.IntStream.range(0, readers.length)
                .filter(i -> !readers[i].nullable())
                .toArray();
        keys = new KeyTable(fields.stream().map(Field::name).toList());
    }

    /** Sets where the values of a field go. */
    void bind(int field, ColumnBuilder builder) {
        builders[field] = builder;
        readers[field].bind(builder);
    }

    /**
     * Reads the object at {@code from}. Fields it does not have get no value.
     *
     * @param rows the size every builder has when the object starts
     */
    int read(byte[] b, int from, int limit, int rows) {
        JsonScanner.checkDepth(from, depth);
        int p = scanner.skipWhitespace(b, from + 1, limit);
        if (b[p] == '}') {
            p++;
        } else {
            p = readMembers(b, p, limit, rows);
        }
        for (int field : required) {
            if (builders[field].size() == rows) {
                throw readers[field].missing(from, "is missing");
            }
        }
        return p;
    }

    /** Reads any value into the only column; without a column it is just checked. */
    int readWhole(byte[] b, int from, int limit) {
        return readers.length == 0 ? scanner.valueEnd(b, from, limit, depth) : readers[0].read(b, from, limit);
    }

    private int readMembers(byte[] b, int from, int limit, int rows) {
        int p = from;
        Key key = start;
        while (true) {
            Key guess = key.next;
            if (guess != null && guess.at(b, p, limit)) {
                key = guess;
                p += guess.length;
            } else {
                p = readKey(b, p, limit);
                key.next = found;
                key = found;
            }
            p = skipColon(b, p, limit);
            int field = key.field;
            if (field < 0) {
                p = scanner.valueEnd(b, p, limit, depth + 1);
            } else if (builders[field].size() == rows) {
                exact[field] = key.exact;
                p = readers[field].read(b, p, limit);
            } else {
                p = readAgain(key, b, p, limit, rows);
            }
            if (p >= limit || b[p] != ',') {
                p = scanner.skipWhitespace(b, p, limit);
                if (b[p] == '}') {
                    return p + 1;
                }
                if (b[p] != ',') {
                    throw JsonScanner.expectedNext(b, p, limit, '}');
                }
            }
            p = scanner.skipWhitespace(b, p + 1, limit);
        }
    }

    private int skipColon(byte[] b, int from, int limit) {
        int p = from;
        if (p >= limit || b[p] != ':') {
            p = scanner.expect(b, p, limit, ':', "after a key") - 1;
        }
        return scanner.skipWhitespace(b, p + 1, limit);
    }

    private int readKey(byte[] b, int from, int limit) {
        if (b[from] != '"') {
            throw JsonScanner.expectedKey(b, from, limit);
        }
        int end = scanner.stringEnd(b, from + 1, limit);
        boolean escaped = end < 0;
        int to = (escaped ? ~end : end) + 1;
        found = keys.find(b, from, to, escaped);
        return to;
    }

    /** A field that has a value already: the last one wins, but never one with another spelling over an exact one. */
    private int readAgain(Key key, byte[] b, int from, int limit, int rows) {
        if (exact[key.field] && !key.exact) {
            return scanner.valueEnd(b, from, limit, depth + 1);
        }
        exact[key.field] = key.exact;
        builders[key.field].truncate(rows);
        return readers[key.field].read(b, from, limit);
    }
}
