package io.laminar.format.avro;

import io.laminar.format.avro.Integers.WholeReader.Range;
import io.laminar.format.avro.Integers.WholeReader.Unit;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.VarintReader;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the schema of a writer to the columns of a table, once: by name and alias, with Avro's promotions and a few
 * more, and with the defaults of a reader's schema where there is one.
 */
final class ReaderCompiler {
    private final VarintReader ints;
    private final Skippers skippers;
    private final Renderings renderings;

    ReaderCompiler(VarintReader ints, Skippers skippers, Renderings renderings) {
        this.ints = ints;
        this.skippers = skippers;
        this.renderings = renderings;
    }

    /**
     * The reader of a record.
     *
     * @param reader the schema that says defaults and aliases; null without one
     * @param prefix what paths of columns start with in messages
     */
    RecordReader record(Schema writer, @Nullable Schema reader, List<Field> columns, String prefix) {
        RecordBinding binding = new RecordBinding(writer, reader, columns, prefix);
        List<RecordReader.Step> steps = new ArrayList<>();
        for (Schema.Field written : writer.getFields()) {
            int column = binding.columnOf(written);
            steps.add(
                    column < 0
                            ? skip(written.schema())
                            : read(written.schema(), binding.reader(column), columns.get(column), prefix, column));
        }
        for (int column = 0; column < columns.size(); column++) {
            if (!binding.isWritten(column)) {
                byte[] constant = binding.constant(column);
                if (constant != null) {
                    Schema schema = java.util.Objects.requireNonNull(binding.reader(column));
                    Field field = columns.get(column);
                    ValueReader value = value(schema, null, field.type(), field.nullable(), prefix + field.name());
                    steps.add(new RecordReader.Step(
                            column,
                            -1,
                            field.nullable(),
                            new ScalarReaders.ConstantReader(constant, value),
                            Skipper.NOTHING,
                            prefix + field.name()));
                }
            }
        }
        return new RecordReader(ints, steps);
    }

    private RecordReader.Step skip(Schema schema) {
        int nullBranch = nullBranch(schema);
        Schema rest = nullBranch < 0 ? schema : schema.getTypes().get(1 - nullBranch);
        return new RecordReader.Step(-1, nullBranch, true, Skipper.READS_NOTHING, skippers.of(rest), "");
    }

    private RecordReader.Step read(Schema writer, @Nullable Schema reader, Field column, String prefix, int position) {
        String path = prefix + column.name();
        int nullBranch = nullBranch(writer);
        Schema rest = nullBranch < 0 ? writer : writer.getTypes().get(1 - nullBranch);
        ValueReader value = value(rest, reader, column.type(), column.nullable(), path);
        return new RecordReader.Step(position, nullBranch, column.nullable(), value, Skipper.NOTHING, path);
    }

    /** Which branch is null in a union of null and one other type; negative for all other schemas. */
    private static int nullBranch(Schema schema) {
        if (schema.getType() != Schema.Type.UNION || schema.getTypes().size() != 2 || !schema.isNullable()) {
            return -1;
        }
        return schema.getTypes().get(0).getType() == Schema.Type.NULL ? 0 : 1;
    }

    /** The reader of a value of a column or a part of one. */
    ValueReader value(Schema writer, @Nullable Schema reader, DataType type, boolean nullable, String path) {
        if (writer.getType() == Schema.Type.UNION) {
            return union(writer, reader, type, nullable, path);
        }
        if (writer.getType() == Schema.Type.NULL) {
            return new ScalarReaders.NullReader(nullable, path);
        }
        ValueReader found = type instanceof Scalar scalar
                ? scalar(writer, scalar, path)
                : type instanceof DataType.Decimal decimal
                        ? decimal(writer, decimal, path)
                        : nested(writer, RecordBinding.withoutNull(reader), type, path);
        if (found == null) {
            throw mismatch(writer, type, path);
        }
        return found;
    }

    private ValueReader union(Schema writer, @Nullable Schema reader, DataType type, boolean nullable, String path) {
        List<Schema> types = writer.getTypes();
        @Nullable ValueReader[] branches = new ValueReader[types.size()];
        String[] refusals = new String[types.size()];
        LaminarException refused = null;
        boolean any = false;
        for (int i = 0; i < branches.length; i++) {
            try {
                // Beside other branches a string is a JSON string, not a document.
                boolean rendered = type == Scalar.JSON && types.get(i).getType() != Schema.Type.NULL;
                branches[i] = rendered
                        ? new TextReaders.RenderedReader(renderings.of(types.get(i)))
                        : value(types.get(i), reader, type, nullable, path);
                any |= types.get(i).getType() != Schema.Type.NULL;
                refusals[i] = "";
            } catch (LaminarException mismatch) {
                refusals[i] = mismatch.reason();
                refused = mismatch;
            }
        }
        if (!any && refused != null) {
            throw refused;
        }
        return new UnionReader(ints, branches, refusals);
    }

    private @Nullable ValueReader scalar(Schema writer, Scalar type, String path) {
        Schema.Type written = writer.getType();
        LogicalType logical = writer.getLogicalType();
        boolean wide = written == Schema.Type.LONG;
        boolean whole = wide || written == Schema.Type.INT;
        return switch (type) {
            case BOOLEAN -> written == Schema.Type.BOOLEAN ? new ScalarReaders.BooleanReader() : null;
            case TINYINT ->
                whole ? whole(wide, Unit.SAME, new Range(Byte.MIN_VALUE, Byte.MAX_VALUE), path, type) : null;
            case SMALLINT ->
                whole ? whole(wide, Unit.SAME, new Range(Short.MIN_VALUE, Short.MAX_VALUE), path, type) : null;
            case INT -> whole ? whole(wide, Unit.SAME, Range.INT, path, type) : null;
            case BIGINT -> whole ? whole(wide, Unit.SAME, Range.LONG, path, type) : null;
            case FLOAT, DOUBLE -> floating(written, type == Scalar.FLOAT);
            case TEXT -> text(writer);
            case BYTES -> binary(writer);
            case DATE -> logical instanceof LogicalTypes.Date ? whole(wide, Unit.SAME, Range.INT, path, type) : null;
            case TIME -> {
                Unit unit = logical instanceof LogicalTypes.TimeMillis
                        ? new Unit(1_000, 1)
                        : logical instanceof LogicalTypes.TimeMicros ? Unit.SAME : null;
                yield unit == null ? null : whole(wide, unit, Range.TIME_OF_DAY, path, type);
            }
            case TIMESTAMP, TIMESTAMPTZ -> {
                Unit unit = timestamp(logical);
                yield unit == null ? null : whole(wide, unit, Range.LONG, path, type);
            }
            case INTERVAL, INTERVAL_MONTHS -> {
                if (isDuration(writer)) {
                    yield new ScalarReaders.DurationReader(type == Scalar.INTERVAL_MONTHS, path);
                }
                yield whole && logical == null ? whole(wide, Unit.SAME, Range.LONG, path, type) : null;
            }
            case JSON ->
                written == Schema.Type.STRING
                        ? new TextReaders.DocumentReader(ints, path)
                        : new TextReaders.RenderedReader(renderings.of(writer));
            case NULL -> null;
        };
    }

    private ValueReader whole(boolean wide, Unit unit, Range range, String path, DataType type) {
        return new Integers.WholeReader(ints, wide, unit, range, path, type);
    }

    private @Nullable ValueReader floating(Schema.Type written, boolean single) {
        return switch (written) {
            case INT, LONG -> new Integers.ToDoubleReader(ints, written == Schema.Type.LONG, single);
            case FLOAT -> new Floats.FloatReader();
            case DOUBLE -> new Floats.DoubleReader(single);
            default -> null;
        };
    }

    private @Nullable ValueReader text(Schema writer) {
        return switch (writer.getType()) {
            case STRING -> new TextReaders.SizedReader(ints, true);
            case BYTES -> writer.getLogicalType() == null ? new TextReaders.SizedReader(ints, true) : null;
            case ENUM -> new TextReaders.EnumReader(ints, writer.getEnumSymbols());
            case FIXED -> writer.getLogicalType() instanceof LogicalTypes.Uuid ? new TextReaders.UuidReader() : null;
            default -> null;
        };
    }

    private @Nullable ValueReader binary(Schema writer) {
        return switch (writer.getType()) {
            case STRING, BYTES -> new TextReaders.SizedReader(ints, false);
            case FIXED -> new TextReaders.FixedReader(writer.getFixedSize());
            default -> null;
        };
    }

    static boolean isDuration(Schema writer) {
        return writer.getType() == Schema.Type.FIXED
                && writer.getFixedSize() == ScalarReaders.DurationReader.SIZE
                && (writer.getLogicalType() instanceof LogicalTypes.Duration
                        || "duration".equals(writer.getProp(LogicalType.LOGICAL_TYPE_PROP)));
    }

    /** How many microseconds a unit of a timestamp is; null for what is no timestamp. */
    private static @Nullable Unit timestamp(@Nullable LogicalType logical) {
        if (logical instanceof LogicalTypes.TimestampMillis || logical instanceof LogicalTypes.LocalTimestampMillis) {
            return new Unit(1_000, 1);
        } else if (logical instanceof LogicalTypes.TimestampMicros
                || logical instanceof LogicalTypes.LocalTimestampMicros) {
            return Unit.SAME;
        } else if (logical instanceof LogicalTypes.TimestampNanos
                || logical instanceof LogicalTypes.LocalTimestampNanos) {
            return new Unit(1, 1_000);
        }
        return null;
    }

    private @Nullable ValueReader decimal(Schema writer, DataType.Decimal type, String path) {
        Schema.Type written = writer.getType();
        if (written == Schema.Type.INT || written == Schema.Type.LONG) {
            return writer.getLogicalType() == null
                    ? new Integers.ToDecimalReader(ints, written == Schema.Type.LONG, path, type)
                    : null;
        }
        if (!(writer.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return null;
        }
        int size = written == Schema.Type.FIXED ? writer.getFixedSize() : -1;
        return new DecimalReader(ints, size, decimal.getScale(), path, type);
    }

    private @Nullable ValueReader nested(Schema writer, @Nullable Schema reader, DataType type, String path) {
        Schema.Type written = writer.getType();
        if (type instanceof DataType.StructType struct && written == Schema.Type.RECORD) {
            return record(writer, RecordBinding.ofType(reader, Schema.Type.RECORD), struct.fields(), path + ".");
        } else if (type instanceof DataType.ListType list && written == Schema.Type.ARRAY) {
            Schema inner = RecordBinding.ofType(reader, Schema.Type.ARRAY);
            Schema element = writer.getElementType();
            ValueReader elements =
                    value(element, inner == null ? null : inner.getElementType(), list.element(), true, path + "[]");
            return new NestedReaders.ListReader(ints, elements, Sizes.least(element));
        } else if (type instanceof DataType.MapType map) {
            return map(writer, reader, map, path);
        }
        return null;
    }

    private @Nullable ValueReader map(Schema writer, @Nullable Schema reader, DataType.MapType type, String path) {
        if (writer.getType() == Schema.Type.MAP && type.key() == Scalar.TEXT) {
            Schema inner = RecordBinding.ofType(reader, Schema.Type.MAP);
            ValueReader values = value(
                    writer.getValueType(),
                    inner == null ? null : inner.getValueType(),
                    type.value(),
                    true,
                    path + "{}");
            return new NestedReaders.MapReader(ints, new TextReaders.SizedReader(ints, true), values);
        }
        if (writer.getType() == Schema.Type.ARRAY && SchemaOfColumns.isEntry(writer.getElementType())) {
            List<Field> entry = List.of(new Field("key", type.key(), false), new Field("value", type.value()));
            return new NestedReaders.EntriesReader(ints, record(writer.getElementType(), null, entry, path + " "));
        }
        return null;
    }

    private static LaminarException mismatch(Schema writer, DataType type, String path) {
        return new LaminarException(
                ErrorCode.INVALID_SCHEMA,
                "column '" + path + "' is " + type.sql() + ", and records have " + describe(writer) + " there",
                hint(writer));
    }

    private static String describe(Schema schema) {
        String logical = schema.getProp(LogicalType.LOGICAL_TYPE_PROP);
        String name = schema.getType().getName();
        return logical == null ? name : name + " (" + logical + ")";
    }

    private static @Nullable String hint(Schema schema) {
        DataType natural = SchemaOfColumns.columnType(schema);
        return natural == null ? null : "declare it as " + natural.sql();
    }
}
