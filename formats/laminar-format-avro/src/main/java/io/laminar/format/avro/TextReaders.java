package io.laminar.format.avro;

import io.laminar.format.json.JsonDocuments;
import io.laminar.format.json.JsonOutput;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.RecordOutput;
import io.laminar.spi.format.VarintReader;
import io.laminar.spi.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Readers of string, bytes, fixed and enum into columns of text and bytes. */
final class TextReaders {

    private TextReaders() {}

    static RecordFailure notUtf8(int position) {
        return new RecordFailure(position, "a string is not UTF-8");
    }

    private abstract static class IntoBytes extends ValueReader {
        BytesBuilder target = new BytesBuilder(0);

        @Override
        void bind(ColumnBuilder builder) {
            target = (BytesBuilder) builder;
        }
    }

    /** Bytes after their length, as views of the record. */
    static final class SizedReader extends IntoBytes {
        private final VarintReader ints;
        private final boolean text;

        /** @param text whether the column is TEXT */
        SizedReader(VarintReader ints, boolean text) {
            this.ints = ints;
            this.text = text;
        }

        @Override
        int operation() {
            return text ? RecordReader.TEXT : RecordReader.BYTES;
        }

        @Override
        int read(byte[] b, int from, int limit) {
            int count = Lengths.read(ints, b, from, limit);
            int start = ints.next();
            if (text && Utf8.invalidAt(b, start, start + count) >= 0) {
                throw notUtf8(from);
            }
            target.view(b, start, count);
            return start + count;
        }
    }

    /** A string that holds a JSON document. */
    static final class DocumentReader extends IntoBytes {
        private final VarintReader ints;
        private final String path;
        private final JsonDocuments documents = new JsonDocuments();

        DocumentReader(VarintReader ints, String path) {
            this.ints = ints;
            this.path = path;
        }

        @Override
        int read(byte[] b, int from, int limit) {
            int count = Lengths.read(ints, b, from, limit);
            int start = ints.next();
            if (!documents.isDocument(b, start, start + count)) {
                throw new RecordFailure(from, "column '" + path + "' (JSON): a string is no JSON document");
            }
            target.view(b, start, count);
            return start + count;
        }
    }

    static final class FixedReader extends IntoBytes {
        private final int size;

        FixedReader(int size) {
            this.size = size;
        }

        @Override
        int read(byte[] b, int from, int limit) {
            int end = Lengths.end(from, size, limit);
            target.view(b, from, size);
            return end;
        }
    }

    /** The symbol of an enum. */
    static final class EnumReader extends IntoBytes {
        private final VarintReader ints;
        private final byte[][] symbols;

        EnumReader(VarintReader ints, List<String> symbols) {
            this.ints = ints;
            this.symbols = symbols.stream()
                    .map(symbol -> symbol.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
        }

        @Override
        int read(byte[] b, int from, int limit) {
            byte[] symbol = symbols[index(ints, symbols.length, b, from, limit)];
            target.append(symbol, 0, symbol.length);
            return ints.next();
        }

        static int index(VarintReader ints, int count, byte[] b, int from, int limit) {
            long index = VarintReader.zigzag(ints.read(b, from, limit));
            if (index < 0 || index >= count) {
                throw new RecordFailure(from, "an enum has no symbol " + index + "; it has " + count);
            }
            return (int) index;
        }
    }

    /** A UUID of 16 bytes as text. */
    static final class UuidReader extends IntoBytes {
        static final int SIZE = 16;
        static final int TEXT_LENGTH = 36;
        private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

        @Override
        int read(byte[] b, int from, int limit) {
            int end = Lengths.end(from, SIZE, limit);
            int at = target.reserve(TEXT_LENGTH);
            format(b, from, target.arena(), at);
            target.commit(TEXT_LENGTH);
            return end;
        }

        static void format(byte[] b, int from, byte[] out, int at) {
            int to = at;
            for (int i = 0; i < SIZE; i++) {
                if (i == 4 || i == 6 || i == 8 || i == 10) {
                    out[to++] = '-';
                }
                out[to++] = HEX[b[from + i] >> 4 & 0xf];
                out[to++] = HEX[b[from + i] & 0xf];
            }
        }
    }

    /** Any value as JSON. */
    static final class RenderedReader extends IntoBytes {
        private final Rendering rendering;
        private final RecordOutput output = new RecordOutput();
        private final Slice text = new Slice();

        RenderedReader(Rendering rendering) {
            this.rendering = rendering;
        }

        @Override
        int read(byte[] b, int from, int limit) {
            text.length(0);
            output.start(text);
            int end = rendering.write(b, from, limit, output);
            output.finish();
            target.append(text);
            return end;
        }
    }

    /** Writes a string value of a record as a JSON string; returns the position after it. */
    static int writeString(VarintReader ints, byte[] b, int from, int limit, RecordOutput out) {
        int count = Lengths.read(ints, b, from, limit);
        int start = ints.next();
        if (Utf8.invalidAt(b, start, start + count) >= 0) {
            throw notUtf8(from);
        }
        JsonOutput.writeText(b, start, count, out);
        return start + count;
    }
}
