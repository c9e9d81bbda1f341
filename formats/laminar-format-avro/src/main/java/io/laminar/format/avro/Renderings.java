package io.laminar.format.avro;

import io.laminar.format.json.JsonOutput;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.RecordOutput;
import io.laminar.spi.format.VarintReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * How records look as JSON: unions as the value of their branch, bytes in Base64, decimals as numbers, times as in the
 * format json. Records are made once by name, as they may hold themselves.
 */
final class Renderings {
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final VarintReader ints;
    private final Map<String, RecordRendering> records = new HashMap<>();

    /** Records around the value that is being written. */
    private int depth;

    Renderings(VarintReader ints) {
        this.ints = ints;
    }

    /** Begins a new record of the stream: a failure may have left the depth behind. */
    void reset() {
        depth = 0;
    }

    /** Writes the integer {@code value}. */
    private interface Whole {
        void write(long value, RecordOutput out);
    }

    Rendering of(Schema schema) {
        return switch (schema.getType()) {
            case NULL ->
                (b, from, limit, out) -> {
                    JsonOutput.writeNull(out);
                    return from;
                };
            case BOOLEAN ->
                (b, from, limit, out) -> {
                    JsonOutput.writeBoolean(ScalarReaders.booleanAt(b, from, limit), out);
                    return from + 1;
                };
            case INT, LONG -> whole(schema);
            case FLOAT ->
                (b, from, limit, out) -> {
                    JsonOutput.writeDouble(Floats.floatAt(b, from, limit), true, out);
                    return from + Float.BYTES;
                };
            case DOUBLE ->
                (b, from, limit, out) -> {
                    JsonOutput.writeDouble(Floats.doubleAt(b, from, limit), false, out);
                    return from + Double.BYTES;
                };
            case STRING -> (b, from, limit, out) -> TextReaders.writeString(ints, b, from, limit, out);
            case BYTES -> bytes(schema);
            case FIXED -> fixed(schema);
            case ENUM -> symbols(schema);
            case ARRAY -> new ArrayRendering(of(schema.getElementType()), Sizes.least(schema.getElementType()));
            case MAP -> new MapRendering(of(schema.getValueType()));
            case UNION -> union(schema);
            case RECORD -> record(schema);
        };
    }

    private Rendering whole(Schema schema) {
        Whole form = form(schema.getLogicalType());
        boolean wide = schema.getType() == Schema.Type.LONG;
        return (b, from, limit, out) -> {
            long value = VarintReader.zigzag(ints.read(b, from, limit));
            if (!wide && value != (int) value) {
                throw Integers.tooLarge(from);
            }
            int end = ints.next();
            form.write(value, out);
            return end;
        };
    }

    private static Whole form(@org.jspecify.annotations.Nullable LogicalType type) {
        if (type instanceof LogicalTypes.Date) {
            return (value, out) -> JsonOutput.writeDate((int) value, out);
        } else if (type instanceof LogicalTypes.TimeMillis) {
            return (value, out) -> time(value * MICROS_PER_MILLI, out);
        } else if (type instanceof LogicalTypes.TimeMicros) {
            return Renderings::time;
        } else if (type instanceof LogicalTypes.TimestampMillis) {
            return (value, out) -> timestamp(Integers.times(value, MICROS_PER_MILLI, 0), true, out);
        } else if (type instanceof LogicalTypes.TimestampMicros) {
            return (value, out) -> timestamp(value, true, out);
        } else if (type instanceof LogicalTypes.TimestampNanos) {
            return (value, out) -> timestamp(Math.floorDiv(value, NANOS_PER_MICRO), true, out);
        } else if (type instanceof LogicalTypes.LocalTimestampMillis) {
            return (value, out) -> timestamp(Integers.times(value, MICROS_PER_MILLI, 0), false, out);
        } else if (type instanceof LogicalTypes.LocalTimestampMicros) {
            return (value, out) -> timestamp(value, false, out);
        } else if (type instanceof LogicalTypes.LocalTimestampNanos) {
            return (value, out) -> timestamp(Math.floorDiv(value, NANOS_PER_MICRO), false, out);
        }
        return JsonOutput::writeLong;
    }

    private static void time(long micros, RecordOutput out) {
        Integers.WholeReader.Range day = Integers.WholeReader.Range.TIME_OF_DAY;
        if (micros < day.least() || micros > day.most()) {
            throw new RecordFailure(0, "a time of day is out of range");
        }
        JsonOutput.writeTime(micros, out);
    }

    private static void timestamp(long micros, boolean zoned, RecordOutput out) {
        JsonOutput.writeTimestamp(micros, 'T', zoned, out);
    }

    private Rendering bytes(Schema schema) {
        int scale = decimalScale(schema);
        return (b, from, limit, out) -> {
            int count = Lengths.read(ints, b, from, limit);
            int start = ints.next();
            binary(b, start, count, scale, out);
            return start + count;
        };
    }

    private static Rendering fixed(Schema schema) {
        int size = schema.getFixedSize();
        int scale = decimalScale(schema);
        boolean uuid = schema.getLogicalType() instanceof LogicalTypes.Uuid;
        return (b, from, limit, out) -> {
            int end = Lengths.end(from, size, limit);
            if (uuid) {
                byte[] text = new byte[TextReaders.UuidReader.TEXT_LENGTH];
                TextReaders.UuidReader.format(b, from, text, 0);
                JsonOutput.writeText(text, 0, text.length, out);
            } else {
                binary(b, from, size, scale, out);
            }
            return end;
        };
    }

    /** The scale of a decimal; negative for other bytes. */
    private static int decimalScale(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal.getScale() : -1;
    }

    private static void binary(byte[] b, int from, int count, int scale, RecordOutput out) {
        if (scale < 0) {
            JsonOutput.writeBytes(Arrays.copyOfRange(b, from, from + count), out);
        } else {
            BigInteger value = count == 0 ? BigInteger.ZERO : new BigInteger(b, from, count);
            out.put(new BigDecimal(value, scale).toPlainString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private Rendering symbols(Schema schema) {
        byte[][] symbols = schema.getEnumSymbols().stream()
                .map(symbol -> symbol.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        return (b, from, limit, out) -> {
            byte[] symbol = symbols[TextReaders.EnumReader.index(ints, symbols.length, b, from, limit)];
            int end = ints.next();
            JsonOutput.writeText(symbol, 0, symbol.length, out);
            return end;
        };
    }

    private Rendering union(Schema schema) {
        Rendering[] branches = schema.getTypes().stream().map(this::of).toArray(Rendering[]::new);
        return (b, from, limit, out) -> {
            Rendering branch = branches[UnionReader.index(ints, branches.length, b, from, limit)];
            return branch.write(b, ints.next(), limit, out);
        };
    }

    private Rendering record(Schema schema) {
        RecordRendering known = records.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        RecordRendering made = new RecordRendering(
                schema.getFields().stream().map(Schema.Field::name).toArray(String[]::new));
        records.put(schema.getFullName(), made);
        made.fields =
                schema.getFields().stream().map(field -> of(field.schema())).toArray(Rendering[]::new);
        return made;
    }

    private final class ArrayRendering implements Rendering {
        private final Rendering element;
        private final int leastBytes;

        ArrayRendering(Rendering element, int leastBytes) {
            this.element = element;
            this.leastBytes = leastBytes;
        }

        @Override
        public int write(byte[] b, int from, int limit, RecordOutput out) {
            out.put((byte) '[');
            boolean first = true;
            int p = from;
            while (true) {
                int count = Lengths.items(ints, b, p, limit, leastBytes);
                p = ints.next();
                if (count == 0) {
                    out.put((byte) ']');
                    return p;
                }
                for (int i = 0; i < count; i++) {
                    if (!first) {
                        out.put((byte) ',');
                    }
                    first = false;
                    p = element.write(b, p, limit, out);
                }
            }
        }
    }

    private final class MapRendering implements Rendering {
        private final Rendering value;

        MapRendering(Rendering value) {
            this.value = value;
        }

        @Override
        public int write(byte[] b, int from, int limit, RecordOutput out) {
            out.put((byte) '{');
            boolean first = true;
            int p = from;
            while (true) {
                int count = Lengths.items(ints, b, p, limit, 1);
                p = ints.next();
                if (count == 0) {
                    out.put((byte) '}');
                    return p;
                }
                for (int i = 0; i < count; i++) {
                    if (!first) {
                        out.put((byte) ',');
                    }
                    first = false;
                    p = TextReaders.writeString(ints, b, p, limit, out);
                    out.put((byte) ':');
                    p = value.write(b, p, limit, out);
                }
            }
        }
    }

    private final class RecordRendering implements Rendering {
        private final String[] names;
        private Rendering[] fields = new Rendering[0];

        RecordRendering(String[] names) {
            this.names = names;
        }

        @Override
        public int write(byte[] b, int from, int limit, RecordOutput out) {
            Skipper.checkDepth(++depth, from);
            out.put((byte) '{');
            int p = from;
            for (int i = 0; i < fields.length; i++) {
                if (i > 0) {
                    out.put((byte) ',');
                }
                JsonOutput.writeText(names[i], out);
                out.put((byte) ':');
                p = fields[i].write(b, p, limit, out);
            }
            out.put((byte) '}');
            depth--;
            return p;
        }
    }
}
