package io.laminar.format.json;

import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DecimalBuilder;
import io.laminar.spi.batch.DoubleBuilder;
import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.IntBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.text.DecimalText;
import io.laminar.spi.text.NumberText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Readers of numeric columns. */
final class NumberReaders {
    private static final int SAFE_DIGITS = 18;
    private static final int MAX_TEXT = 400;
    private static final String WHOLE_NUMBER = "a whole number";

    private NumberReaders() {}

    private static boolean isNumberStart(byte c) {
        return c == '-' || (c >= '0' && c <= '9');
    }

    /** Whole numbers; {@code 1.0} and {@code 1e3} are whole, too. */
    private abstract static class WholeReader extends ValueReader {
        /** The value read last. */
        long value;

        WholeReader(JsonScanner scanner, String path, Field field, int depth) {
            super(scanner, path, field, depth);
        }

        final int scan(byte[] b, int from, int limit) {
            int p = from;
            boolean negative = b[p] == '-';
            if (negative) {
                p++;
            }
            int start = p;
            long digits = 0;
            if (p + Long.BYTES <= limit) {
                long word = Digits.word(b, p);
                int first = Digits.count(word);
                if (first == 0) {
                    return scanSlowly(b, from, limit);
                }
                digits = Digits.value(word, first);
                p += first;
            }
            while (p < limit) {
                int digit = b[p] - '0';
                if (digit < 0 || digit > 9) {
                    break;
                }
                digits = digits * 10 + digit;
                p++;
            }
            int count = p - start;
            boolean plain = count > 0
                    && count <= SAFE_DIGITS
                    && (b[start] != '0' || count == 1)
                    && (p == limit || (b[p] != '.' && (b[p] | 0x20) != 'e'));
            if (!plain) {
                return scanSlowly(b, from, limit);
            }
            value = negative ? -digits : digits;
            return p;
        }

        private int scanSlowly(byte[] b, int from, int limit) {
            if (!isNumberStart(b[from])) {
                throw expected(b, from, limit, WHOLE_NUMBER);
            }
            int end = scanner.numberEnd(b, from, limit);
            BigDecimal number = parse(b, from, end);
            if (number.scale() > 0) {
                throw expected(b, from, limit, WHOLE_NUMBER);
            }
            try {
                value = number.longValueExact();
            } catch (ArithmeticException tooLarge) {
                throw outOfRange(b, from, end);
            }
            return end;
        }

        /** The number without trailing zeros, unless it is so long or large that it is out of range anyway. */
        private BigDecimal parse(byte[] b, int from, int end) {
            if (end - from > MAX_TEXT) {
                throw outOfRange(b, from, end);
            }
            try {
                BigDecimal number = new BigDecimal(new String(b, from, end - from, StandardCharsets.US_ASCII));
                // Compared by digits, so that 1e1000000 is not written out.
                if (number.signum() == 0 || (long) number.precision() - number.scale() <= SAFE_DIGITS + 1) {
                    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
                }
                throw outOfRange(b, from, end);
            } catch (NumberFormatException exponent) {
                throw outOfRange(b, from, end);
            }
        }
    }

    static final class LongReader extends WholeReader {
        private LongBuilder target = new LongBuilder(0);

        LongReader(JsonScanner scanner, String path, Field field, int depth) {
            super(scanner, path, field, depth);
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
            int end = scan(b, from, limit);
            target.append(value);
            return end;
        }
    }

    /** TINYINT, SMALLINT and INT. */
    static final class IntReader extends WholeReader {
        private final int max;
        private IntBuilder target = new IntBuilder(0);

        IntReader(JsonScanner scanner, String path, Field field, int depth) {
            super(scanner, path, field, depth);
            max = field.type() == Scalar.TINYINT
                    ? Byte.MAX_VALUE
                    : field.type() == Scalar.SMALLINT ? Short.MAX_VALUE : Integer.MAX_VALUE;
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
        int readValue(byte[] b, int from, int limit) {
            int end = scan(b, from, limit);
            if (value > max || value < -max - 1) {
                throw outOfRange(b, from, end);
            }
            target.append((int) value);
            return end;
        }
    }

    /** FLOAT and DOUBLE; NaN and the infinities, which JSON has no numbers for, are the strings the encoder writes. */
    static final class DoubleReader extends ValueReader {
        private final boolean single;
        private final double[] parsed = new double[1];
        private DoubleBuilder target = new DoubleBuilder(0);

        DoubleReader(JsonScanner scanner, String path, Field field, int depth) {
            super(scanner, path, field, depth);
            single = field.type() == Scalar.FLOAT;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (DoubleBuilder) builder;
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        int readValue(byte[] b, int from, int limit) {
            if (!isNumberStart(b[from])) {
                return readSpecial(b, from, limit);
            }
            int end = scanner.numberEnd(b, from, limit);
            double number;
            if (single) {
                number = Float.parseFloat(new String(b, from, end - from, StandardCharsets.US_ASCII));
            } else {
                NumberText.parseDouble(b, from, end, parsed);
                number = parsed[0];
            }
            if (Double.isInfinite(number)) {
                throw outOfRange(b, from, end);
            }
            target.append(number);
            return end;
        }

        private int readSpecial(byte[] b, int from, int limit) {
            int end = scanner.valueEnd(b, from, limit, depth);
            switch (new String(b, from, end - from, StandardCharsets.UTF_8)) {
                case "\"NaN\"" -> target.append(Double.NaN);
                case "\"Infinity\"" -> target.append(Double.POSITIVE_INFINITY);
                case "\"-Infinity\"" -> target.append(Double.NEGATIVE_INFINITY);
                default -> throw expected(b, from, limit, "a number");
            }
            return end;
        }
    }

    /** DECIMAL as a number or as text, rounded half away from zero to the column's scale; or its unscaled bytes. */
    static final class DecimalReader extends ValueReader {
        private static final String WHAT = "a decimal number that fits";

        private final DataType.Decimal decimal;
        private final boolean asBytes;
        private final Int128 value = new Int128();
        private ColumnBuilder target = new LongBuilder(0);

        DecimalReader(JsonScanner scanner, String path, Field field, int depth, DecimalEncoding encoding) {
            super(scanner, path, field, depth);
            decimal = (DataType.Decimal) field.type();
            asBytes = encoding == DecimalEncoding.BYTES;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = builder;
        }

        @Override
        protected ColumnBuilder builder() {
            return target;
        }

        @Override
        int readValue(byte[] b, int from, int limit) {
            boolean quoted = b[from] == '"';
            if (!quoted && (asBytes || !isNumberStart(b[from]))) {
                throw expected(b, from, limit, WHAT);
            }
            int first = quoted ? from + 1 : from;
            int last = quoted ? scanner.stringEnd(b, first, limit) : scanner.numberEnd(b, from, limit);
            boolean fits = asBytes
                    ? parseUnscaled(b, first, last)
                    : last > first && DecimalText.parse(b, first, last, decimal.precision(), decimal.scale(), value);
            if (!fits) {
                throw expected(b, from, limit, WHAT);
            }
            if (target instanceof DecimalBuilder wide) {
                wide.append(value.high(), value.low());
            } else {
                ((LongBuilder) target).append(value.low());
            }
            return quoted ? (last < 0 ? ~last : last) + 1 : last;
        }

        /** Base64 of the unscaled value; {@code end} as the scanner answers it. */
        private boolean parseUnscaled(byte[] b, int from, int end) {
            String text = end < 0
                    ? JsonScanner.unescape(b, from, ~end)
                    : new String(b, from, end - from, StandardCharsets.ISO_8859_1);
            try {
                BigInteger unscaled = new BigInteger(Base64.getDecoder().decode(text));
                return unscaled.abs().compareTo(BigInteger.TEN.pow(decimal.precision())) < 0 && value.set(unscaled);
            } catch (IllegalArgumentException notBase64) {
                return false;
            }
        }
    }
}
