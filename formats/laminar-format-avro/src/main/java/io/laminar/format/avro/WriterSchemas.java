package io.laminar.format.avro;

import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** The schema that the rows of a table are written with. */
final class WriterSchemas {

    private WriterSchemas() {}

    /**
     * What the table declares; otherwise what its columns come to, in the terms of the latest schema of its subject if
     * there is one.
     */
    static Schema of(FormatSpec spec) {
        Schema declared = AvroSchemas.declared(spec.options());
        if (declared != null) {
            return declared;
        }
        Optional<Schema> latest = AvroSchemas.latest(spec.options());
        return latest.filter(schema -> schema.getType() == Schema.Type.RECORD)
                .map(schema -> evolved(schema, spec.schema().fields()))
                .orElseGet(() -> SchemaOfColumns.of(spec.schema()));
    }

    /**
     * The schema with what the columns need: fields they fit stay as they are, so that a timestamp in milliseconds
     * stays one; fields without a column stay if they have a default; columns without a field are added.
     */
    private static Schema evolved(Schema latest, List<Field> columns) {
        RecordBinding binding = new RecordBinding(latest, latest, nullable(columns), "");
        List<Schema.Field> fields = new ArrayList<>();
        Set<Integer> done = new HashSet<>();
        boolean same = true;
        for (Schema.Field field : latest.getFields()) {
            int column = binding.columnOf(field);
            boolean kept = column < 0 ? field.hasDefaultValue() : fits(field.schema(), columns.get(column));
            same &= kept;
            if (kept) {
                fields.add(new Schema.Field(field, field.schema()));
            } else if (column >= 0) {
                fields.add(SchemaOfColumns.field(columns.get(column), latest.getFullName(), ""));
            }
            done.add(column);
        }
        for (int column = 0; column < columns.size(); column++) {
            if (!done.contains(column)) {
                Field added = columns.get(column);
                SchemaOfColumns.checkName(added.name(), added.name());
                fields.add(SchemaOfColumns.field(added, latest.getFullName(), ""));
                same = false;
            }
        }
        return same ? latest : copy(latest, fields);
    }

    private static boolean fits(Schema schema, Field column) {
        boolean nullFits = !column.nullable() || schema.isNullable();
        return nullFits && WriterCompiler.fits(schema, column.type());
    }

    private static List<Field> nullable(List<Field> columns) {
        return columns.stream().map(f -> new Field(f.name(), f.type())).toList();
    }

    private static Schema copy(Schema latest, List<Schema.Field> fields) {
        Schema made = Schema.createRecord(latest.getName(), latest.getDoc(), latest.getNamespace(), false);
        made.setFields(fields);
        latest.getObjectProps().forEach(made::addProp);
        latest.getAliases().forEach(made::addAlias);
        return made;
    }
}
