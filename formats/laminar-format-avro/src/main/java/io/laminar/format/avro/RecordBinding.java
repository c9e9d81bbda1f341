package io.laminar.format.avro;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.type.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Which field of a record goes into which column: the exact name first, then a name that differs in letter case, then
 * the names that aliases of either schema say.
 */
final class RecordBinding {
    private final List<Schema.Field> written;
    private final int[] columnOf;
    private final Schema.@Nullable Field[] readers;

    RecordBinding(Schema writer, @Nullable Schema reader, List<Field> columns, String prefix) {
        written = writer.getFields();
        columnOf = new int[written.size()];
        Arrays.fill(columnOf, -1);
        readers = new Schema.Field[columns.size()];
        boolean[] bound = new boolean[columns.size()];
        for (int column = 0; column < readers.length; column++) {
            String name = columns.get(column).name();
            Schema.Field known = reader == null ? null : named(reader.getFields(), List.of(name));
            readers[column] = known;
            bind(column, List.of(name), bound);
        }
        for (int column = 0; column < readers.length; column++) {
            if (!bound[column]) {
                bind(column, otherNames(columns.get(column).name(), readers[column]), bound);
            }
        }
        for (int column = 0; column < readers.length; column++) {
            Schema.Field known = readers[column];
            boolean missing = !bound[column] && !columns.get(column).nullable();
            if (missing && (known == null || !known.hasDefaultValue())) {
                throw missing(
                        prefix + columns.get(column).name(), columns.get(column).name());
            }
        }
    }

    private void bind(int column, List<String> names, boolean[] bound) {
        Schema.Field field = named(written, names);
        if (field != null && columnOf[field.pos()] < 0) {
            columnOf[field.pos()] = column;
            bound[column] = true;
        }
    }

    /** What a field was called before, as the reader's schema says, and what it is called now, as the writer's says. */
    private List<String> otherNames(String column, Schema.@Nullable Field known) {
        List<String> names = new ArrayList<>();
        if (known != null) {
            names.addAll(known.aliases());
        }
        for (Schema.Field field : written) {
            if (field.aliases().contains(column)) {
                names.add(field.name());
            }
        }
        return names;
    }

    private static Schema.@Nullable Field named(List<Schema.Field> fields, List<String> names) {
        for (String name : names) {
            for (Schema.Field field : fields) {
                if (field.name().equals(name)) {
                    return field;
                }
            }
        }
        for (String name : names) {
            for (Schema.Field field : fields) {
                if (field.name().equalsIgnoreCase(name)) {
                    return field;
                }
            }
        }
        return null;
    }

    private LaminarException missing(String path, String name) {
        List<String> names = written.stream().map(Schema.Field::name).toList();
        String near = NearestName.hint(name, names);
        return new LaminarException(
                ErrorCode.INVALID_SCHEMA,
                "column '" + path + "' is NOT NULL, and records have no such field; they have "
                        + String.join(", ", names),
                near != null ? near : "leave NOT NULL out, or give the field a default in avro.schema");
    }

    /** The column of a field; negative if none takes it. */
    int columnOf(Schema.Field field) {
        return columnOf[field.pos()];
    }

    boolean isWritten(int column) {
        return Arrays.stream(columnOf).anyMatch(bound -> bound == column);
    }

    /** What the reader's schema says of a column. */
    @Nullable
    Schema reader(int column) {
        Schema.Field field = readers[column];
        return field == null ? null : field.schema();
    }

    /** The default of a column, as it would be written; null if there is none. */
    byte @Nullable [] constant(int column) {
        Schema.Field field = readers[column];
        return field == null ? null : defaultOf(field);
    }

    static byte @Nullable [] defaultOf(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            Object value = new GenericData().getDefaultValue(field);
            new GenericDatumWriter<>(field.schema()).write(value, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        } catch (AvroRuntimeException invalid) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "the default of field '" + field.name() + "' is no value of its type: " + invalid.getMessage());
        }
    }

    /** A schema without the branch null, if that leaves one branch. */
    static @Nullable Schema withoutNull(@Nullable Schema schema) {
        if (schema == null || schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return others.size() == 1 ? others.get(0) : null;
    }

    static @Nullable Schema ofType(@Nullable Schema schema, Schema.Type type) {
        return schema != null && schema.getType() == type ? schema : null;
    }
}
