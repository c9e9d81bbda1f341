package io.laminar.format.avro;

import io.laminar.format.avro.Writers.ValueWriter;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Finds out, once, how the columns of a table are written as a schema wants them. */
final class WriterCompiler {
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private WriterCompiler() {}

    /**
     * The writer of records.
     *
     * @throws LaminarException INVALID_SCHEMA if a column has no field, or a field that is needed no column
     */
    static RecordWriter record(Schema schema, List<Field> columns, String prefix) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "rows are written as records, and the schema is of type "
                            + schema.getType().getName());
        }
        RecordBinding binding = new RecordBinding(schema, schema, nullable(columns), prefix);
        for (int column = 0; column < columns.size(); column++) {
            if (!binding.isWritten(column)) {
                throw noField(
                        schema,
                        prefix + columns.get(column).name(),
                        columns.get(column).name());
            }
        }
        List<RecordWriter.Step> steps = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            int column = binding.columnOf(field);
            if (column < 0) {
                steps.add(RecordWriter.Step.constant(withoutColumn(field, prefix)));
            } else {
                Field of = columns.get(column);
                steps.add(new RecordWriter.Step(column, value(field.schema(), of.type(), prefix + of.name())));
            }
        }
        return new RecordWriter(steps);
    }

    /** For writing it does not matter which columns are NOT NULL. */
    private static List<Field> nullable(List<Field> columns) {
        return columns.stream().map(f -> new Field(f.name(), f.type())).toList();
    }

    private static LaminarException noField(Schema schema, String path, String name) {
        List<String> names = schema.getFields().stream().map(Schema.Field::name).toList();
        return new LaminarException(
                ErrorCode.INVALID_SCHEMA,
                "the schema has no field for column '" + path + "'; it has " + String.join(", ", names),
                NearestName.hint(name, names));
    }

    private static byte[] withoutColumn(Schema.Field field, String prefix) {
        byte @Nullable [] value = RecordBinding.defaultOf(field);
        if (value == null) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "the schema's field '" + prefix + field.name() + "' has no default, and the table no such column",
                    "add the column, or give the field a default");
        }
        return value;
    }

    /** The writer of a value that may be null. */
    static ValueWriter value(Schema schema, DataType type, String path) {
        if (schema.getType() != Schema.Type.UNION) {
            return Writers.required(present(schema, type, path), path);
        }
        List<Schema> branches = schema.getTypes();
        int nullBranch = -1;
        int branch = -1;
        ValueWriter writer = null;
        for (int i = 0; i < branches.size(); i++) {
            if (branches.get(i).getType() == Schema.Type.NULL) {
                nullBranch = i;
            } else if (writer == null) {
                writer = find(branches.get(i), type, path);
                branch = i;
            }
        }
        if (writer == null) {
            throw mismatch(schema, type, path);
        }
        ValueWriter chosen = writer;
        int index = branch;
        return nullBranch >= 0
                ? Writers.union(nullBranch, index, chosen)
                : Writers.required(
                        (column, row, out) -> {
                            Writers.writeLong(index, out);
                            chosen.write(column, row, out);
                        },
                        path);
    }

    private static ValueWriter present(Schema schema, DataType type, String path) {
        ValueWriter writer = find(schema, type, path);
        if (writer == null) {
            throw mismatch(schema, type, path);
        }
        return writer;
    }

    private static LaminarException mismatch(Schema schema, DataType type, String path) {
        return new LaminarException(
                ErrorCode.INVALID_SCHEMA,
                "column '" + path + "' is " + type.sql() + ", which the schema's " + schema + " does not take",
                "convert it with CAST, or change the schema");
    }

    /** Whether values of a column can be written so. */
    static boolean fits(Schema schema, DataType type) {
        try {
            value(schema, type, "");
            return true;
        } catch (LaminarException mismatch) {
            return false;
        }
    }

    private static @Nullable ValueWriter find(Schema schema, DataType type, String path) {
        if (type instanceof Scalar scalar) {
            return scalar(schema, scalar, path);
        } else if (type instanceof DataType.Decimal decimal) {
            return decimal(schema, decimal, path);
        } else if (type instanceof DataType.ListType list) {
            return schema.getType() == Schema.Type.ARRAY
                    ? Writers.list(value(schema.getElementType(), list.element(), path + "[]"))
                    : null;
        } else if (type instanceof DataType.MapType map) {
            return map(schema, map, path);
        }
        return schema.getType() == Schema.Type.RECORD
                ? Writers.struct(record(schema, ((DataType.StructType) type).fields(), path + "."))
                : null;
    }

    private static @Nullable ValueWriter scalar(Schema schema, Scalar type, String path) {
        Schema.Type written = schema.getType();
        return switch (type) {
            case BOOLEAN, NULL -> written == Schema.Type.BOOLEAN ? Writers::writeBoolean : null;
            case TINYINT, SMALLINT, INT -> whole(schema, true);
            case BIGINT -> whole(schema, false);
            case FLOAT ->
                written == Schema.Type.FLOAT
                        ? (column, row, out) -> Writers.writeFloat(Writers.number(column, row), out)
                        : doubles(written);
            case DOUBLE -> doubles(written);
            case TEXT -> text(schema, path);
            case JSON -> written == Schema.Type.STRING ? Writers::writeBytes : null;
            case BYTES ->
                written == Schema.Type.FIXED
                        ? Writers.fixed(schema.getFixedSize(), path)
                        : written == Schema.Type.BYTES && schema.getLogicalType() == null ? Writers::writeBytes : null;
            case DATE ->
                schema.getLogicalType() instanceof LogicalTypes.Date ? Writers.ofInts(Writers::writeLong) : null;
            case TIME -> time(schema.getLogicalType());
            case TIMESTAMP, TIMESTAMPTZ -> timestamp(schema.getLogicalType());
            case INTERVAL, INTERVAL_MONTHS -> {
                if (ReaderCompiler.isDuration(schema)) {
                    yield Writers.duration(type == Scalar.INTERVAL_MONTHS, path);
                }
                yield written == Schema.Type.LONG && schema.getLogicalType() == null
                        ? Writers.ofLongs(Writers::writeLong)
                        : null;
            }
        };
    }

    private static @Nullable ValueWriter whole(Schema schema, boolean narrow) {
        if (schema.getLogicalType() != null) {
            return null;
        }
        Writers.WholeWriter writer =
                switch (schema.getType()) {
                    case INT -> narrow ? Writers::writeLong : null;
                    case LONG -> Writers::writeLong;
                    case FLOAT -> narrow ? (value, out) -> Writers.writeFloat((double) value, out) : null;
                    case DOUBLE -> narrow ? (value, out) -> Writers.writeDouble((double) value, out) : null;
                    default -> null;
                };
        return writer == null ? null : narrow ? Writers.ofInts(writer) : Writers.ofLongs(writer);
    }

    private static @Nullable ValueWriter doubles(Schema.Type written) {
        return written == Schema.Type.DOUBLE
                ? (column, row, out) -> Writers.writeDouble(Writers.number(column, row), out)
                : null;
    }

    private static @Nullable ValueWriter text(Schema schema, String path) {
        return switch (schema.getType()) {
            case STRING -> Writers::writeBytes;
            case BYTES -> schema.getLogicalType() == null ? Writers::writeBytes : null;
            case ENUM -> Writers.symbols(schema.getEnumSymbols(), path);
            case FIXED -> schema.getLogicalType() instanceof LogicalTypes.Uuid ? Writers.uuid(path) : null;
            default -> null;
        };
    }

    private static @Nullable ValueWriter time(@Nullable LogicalType logical) {
        if (logical instanceof LogicalTypes.TimeMillis) {
            return Writers.ofLongs((micros, out) -> Writers.writeLong(micros / MICROS_PER_MILLI, out));
        }
        return logical instanceof LogicalTypes.TimeMicros ? Writers.ofLongs(Writers::writeLong) : null;
    }

    private static @Nullable ValueWriter timestamp(@Nullable LogicalType logical) {
        if (logical instanceof LogicalTypes.TimestampMillis || logical instanceof LogicalTypes.LocalTimestampMillis) {
            return Writers.ofLongs((micros, out) -> Writers.writeLong(Math.floorDiv(micros, MICROS_PER_MILLI), out));
        } else if (logical instanceof LogicalTypes.TimestampMicros
                || logical instanceof LogicalTypes.LocalTimestampMicros) {
            return Writers.ofLongs(Writers::writeLong);
        } else if (logical instanceof LogicalTypes.TimestampNanos
                || logical instanceof LogicalTypes.LocalTimestampNanos) {
            return Writers.ofLongs(
                    (micros, out) -> Writers.writeLong(Math.multiplyExact(micros, NANOS_PER_MICRO), out));
        }
        return null;
    }

    private static @Nullable ValueWriter decimal(Schema schema, DataType.Decimal type, String path) {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) || decimal.getScale() < type.scale()) {
            return null;
        }
        int size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
        return Writers.decimal(size, decimal.getScale() - type.scale(), decimal.getPrecision(), path);
    }

    private static @Nullable ValueWriter map(Schema schema, DataType.MapType type, String path) {
        if (schema.getType() == Schema.Type.MAP && type.key() == Scalar.TEXT) {
            return Writers.map(Writers::writeBytes, value(schema.getValueType(), type.value(), path + "{}"));
        }
        if (schema.getType() == Schema.Type.ARRAY && SchemaOfColumns.isEntry(schema.getElementType())) {
            Schema entry = schema.getElementType();
            // Entries are written as they are declared: the key first.
            if (entry.getField(SchemaOfColumns.KEY).pos() == 0) {
                return Writers.map(
                        value(entry.getField(SchemaOfColumns.KEY).schema(), type.key(), path + " key"),
                        value(entry.getField(SchemaOfColumns.VALUE).schema(), type.value(), path + "{}"));
            }
        }
        return null;
    }
}
