package io.laminar.format.json;

import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.IntBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.text.DecimalText;
import io.laminar.spi.text.IntervalText;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Readers of text, bytes, booleans and times. */
final class ScalarReaders {

    private ScalarReaders() {}

    static final class BooleanReader extends ValueReader {
        private BooleanBuilder target = new BooleanBuilder(0);

        BooleanReader(JsonScanner scanner, String path, Field field, int depth) {
            super(scanner, path, field, depth);
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (BooleanBuilder) builder;
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        int readValue(byte[] b, int from, int limit) {
            boolean value = b[from] == 't';
            if (!value && b[from] != 'f') {
                throw expected(b, from, limit, "true or false");
            }
            int end = scanner.literalEnd(b, from, limit, value ? "true" : "false");
            target.append(value);
            return end;
        }
    }

    /** TEXT: a string's content as a view of the buffer; other values as their JSON text. */
    static final class TextReader extends ValueReader {
        private BytesBuilder target = new BytesBuilder(0);

        TextReader(JsonScanner scanner, String path, Field field, int depth) {
            super(scanner, path, field, depth);
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (BytesBuilder) builder;
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        int readValue(byte[] b, int from, int limit) {
            if (b[from] != '"') {
                int end = scanner.valueEnd(b, from, limit, depth);
                target.view(b, from, end - from);
                return end;
            }
            int start = from + 1;
            int end = scanner.stringEnd(b, start, limit);
            if (end >= 0) {
                target.view(b, start, end - start);
                return end + 1;
            }
            JsonScanner.unescape(b, start, ~end, target);
            return ~end + 1;
        }
    }

    /** JSON: the bytes of any value. */
    static final class JsonReader extends ValueReader {
        private BytesBuilder target = new BytesBuilder(0);

        JsonReader(JsonScanner scanner, String path, Field field, int depth) {
            super(scanner, path, field, depth);
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (BytesBuilder) builder;
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        int readValue(byte[] b, int from, int limit) {
            int end = scanner.valueEnd(b, from, limit, depth);
            target.view(b, from, end - from);
            return end;
        }
    }

    /** A reader of scalars that are written as text. */
    private abstract static class QuotedReader extends ValueReader {
        private final String what;

        QuotedReader(JsonScanner scanner, String path, Field field, int depth, String what) {
            super(scanner, path, field, depth);
            this.what = what;
        }

        /** Appends the value of the text {@code [from, to)}; false if it is none. */
        abstract boolean append(byte[] b, int from, int to);

        @Override
        int readValue(byte[] b, int from, int limit) {
            if (b[from] != '"') {
                throw expected(b, from, limit, what);
            }
            int end = scanner.stringEnd(b, from + 1, limit);
            boolean read = end >= 0 ? append(b, from + 1, end) : appendEscaped(b, from + 1, ~end);
            if (!read) {
                throw expected(b, from, limit, what);
            }
            return (end < 0 ? ~end : end) + 1;
        }

        private boolean appendEscaped(byte[] b, int from, int to) {
            byte[] text = JsonScanner.unescape(b, from, to).getBytes(StandardCharsets.UTF_8);
            return append(text, 0, text.length);
        }
    }

    /** BYTES in Base64 (RFC 4648, with or without padding). */
    static final class BytesReader extends ValueReader {
        private BytesBuilder target = new BytesBuilder(0);

        BytesReader(JsonScanner scanner, String path, Field field, int depth) {
            super(scanner, path, field, depth);
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (BytesBuilder) builder;
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        int readValue(byte[] b, int from, int limit) {
            if (b[from] != '"') {
                throw expected(b, from, limit, "Base64 text");
            }
            int end = scanner.stringEnd(b, from + 1, limit);
            boolean escaped = end < 0;
            byte[] text = escaped
                    ? JsonScanner.unescape(b, from + 1, ~end).getBytes(StandardCharsets.ISO_8859_1)
                    : Arrays.copyOfRange(b, from + 1, end);
            try {
                byte[] bytes = Base64.getDecoder().decode(text);
                target.append(bytes, 0, bytes.length);
            } catch (IllegalArgumentException notBase64) {
                throw expected(b, from, limit, "Base64 text");
            }
            return (escaped ? ~end : end) + 1;
        }
    }

    static final class DateReader extends QuotedReader {
        private IntBuilder target = new IntBuilder(0);

        DateReader(JsonScanner scanner, String path, Field field, int depth) {
            super(scanner, path, field, depth, "a date such as \"2001-01-31\"");
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (IntBuilder) builder;
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        boolean append(byte[] b, int from, int to) {
            long day = TemporalText.parseDate(b, from, to);
            if (day == TemporalText.INVALID) {
                return false;
            }
            target.append((int) day);
            return true;
        }
    }

    /** TIME, TIMESTAMP and TIMESTAMPTZ as text, and intervals. */
    static final class TimeReader extends QuotedReader {
        private final Scalar scalar;
        private LongBuilder target = new LongBuilder(0);

        TimeReader(JsonScanner scanner, String path, Field field, int depth) {
            super(scanner, path, field, depth, example((Scalar) field.type()));
            scalar = (Scalar) field.type();
        }

        private static String example(Scalar type) {
            return switch (type) {
                case TIME -> "a time such as \"13:45:00\"";
                case INTERVAL -> "an interval such as \"1 day 02:00:00\"";
                case INTERVAL_MONTHS -> "an interval such as \"1 year 2 mons\"";
                default -> "a timestamp such as \"2001-01-31T13:45:00Z\"";
            };
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (LongBuilder) builder;
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        boolean append(byte[] b, int from, int to) {
            long value =
                    switch (scalar) {
                        case TIME -> TemporalText.parseTime(b, from, to);
                        case INTERVAL -> IntervalText.parseMicros(b, from, to);
                        case INTERVAL_MONTHS -> IntervalText.parseMonths(b, from, to);
                        default -> TemporalText.parseTimestamp(b, from, to);
                    };
            if (value == TemporalText.INVALID) {
                return false;
            }
            target.append(value);
            return true;
        }
    }

    /** Timestamps as numbers since 1970, whole or with a fraction. */
    static final class EpochReader extends ValueReader {
        private static final int MAX_DIGITS = 18;

        private final int decimals;
        private final Int128 micros = new Int128();
        private LongBuilder target = new LongBuilder(0);

        /** @param decimals digits between the unit of the numbers and a microsecond: 3 for millis, 6 for seconds */
        EpochReader(JsonScanner scanner, String path, Field field, int depth, int decimals) {
            super(scanner, path, field, depth);
            this.decimals = decimals;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (LongBuilder) builder;
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        int readValue(byte[] b, int from, int limit) {
            if (b[from] != '-' && (b[from] < '0' || b[from] > '9')) {
                throw expected(b, from, limit, "a number, as json.timestamp_format says");
            }
            int end = scanner.numberEnd(b, from, limit);
            // With the unit's decimals kept, the unscaled number counts microseconds.
            if (!DecimalText.parse(b, from, end, MAX_DIGITS, decimals, micros)) {
                throw outOfRange(b, from, end);
            }
            target.append(micros.low());
            return end;
        }
    }
}
