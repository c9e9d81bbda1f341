package io.laminar.sql;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.sql.parser.PipelineParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes CREATE TABLE. */
public final class TableText {

    private TableText() {}

    /**
     * The statement that declares a table, ready to be read by {@link Definitions#table}.
     *
     * @param options of WITH in their order, as they are written between quotes
     */
    public static String createTable(String name, List<Field> columns, Map<String, String> options) {
        List<String> lines = new ArrayList<>();
        for (Field column : columns) {
            lines.add("  " + name(column.name()) + " " + type(column.type()) + (column.nullable() ? "" : " NOT NULL"));
        }
        String with = options.entrySet().stream()
                .map(option ->
                        "  " + key(option.getKey()) + " = '" + option.getValue().replace("'", "''") + "'")
                .collect(Collectors.joining(",\n"));
        return "CREATE TABLE " + name(name) + " (\n" + String.join(",\n", lines) + "\n)"
                + (options.isEmpty() ? "" : " WITH (\n" + with + "\n)") + ";\n";
    }

    /** A name, in quotes unless the parser takes it without. */
    public static String name(String name) {
        boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_]*")
                && PipelineParser.parseAll("CREATE TABLE " + name + " (" + name + " STRUCT<" + name + " INT>)")
                        .errors()
                        .isEmpty()
                && PipelineParser.parseAll("SELECT " + name + " FROM t")
                        .errors()
                        .isEmpty();
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String key(String key) {
        return key.matches("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)*") ? key : "'" + key.replace("'", "''") + "'";
    }

    private static String type(DataType type) {
        if (type instanceof StructType struct) {
            return struct.fields().stream()
                    .map(member -> name(member.name()) + " " + type(member.type()))
                    .collect(Collectors.joining(", ", "STRUCT<", ">"));
        } else if (type instanceof ListType list) {
            return "ARRAY<" + type(list.element()) + ">";
        } else if (type instanceof MapType map) {
            return "MAP<" + type(map.key()) + ", " + type(map.value()) + ">";
        }
        return type.sql();
    }
}
