package io.laminar.format.parquet;

import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.ListBuilder;
import io.laminar.spi.batch.MapBuilder;
import io.laminar.spi.batch.StructBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** Matches the columns of a table with those of a file. */
final class ColumnSources {

    private ColumnSources() {}

    /**
     * The source of a column.
     *
     * @param path the names from the root to {@code found}
     */
    static ColumnSource of(MessageType file, List<String> path, Type found, Field wanted, ColumnBuilder target) {
        DataType type = wanted.type();
        if (type instanceof DataType.ListType list) {
            return list(file, path, found, list, (ListBuilder) target);
        } else if (type instanceof DataType.MapType map) {
            return map(file, path, found, map, (MapBuilder) target);
        } else if (type instanceof DataType.StructType struct) {
            return struct(file, path, found, struct, (StructBuilder) target);
        }
        if (!found.isPrimitive() || found.isRepetition(Repetition.REPEATED)) {
            throw mismatch(path, type, found);
        }
        ColumnDescriptor descriptor = file.getColumnDescription(path.toArray(new String[0]));
        return new LeafSource(descriptor, Converters.of(path, type, descriptor.getPrimitiveType(), target), target);
    }

    private static ColumnSource struct(
            MessageType file, List<String> path, Type found, DataType.StructType type, StructBuilder target) {
        if (found.isPrimitive() || found.isRepetition(Repetition.REPEATED)) {
            throw mismatch(path, type, found);
        }
        return members(file, path, found.asGroupType(), type, target);
    }

    private static ColumnSource members(
            MessageType file, List<String> path, GroupType group, DataType.StructType type, StructBuilder target) {
        List<ColumnSource> members = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            Field member = type.fields().get(i);
            Type inFile = member(group, path, member.name());
            members.add(of(file, append(path, inFile.getName()), inFile, member, target.member(i)));
        }
        return new NestedSources.StructSource(members, target, definition(file, path));
    }

    private static Type member(GroupType group, List<String> path, String name) {
        List<String> names = group.getFields().stream().map(Type::getName).toList();
        if (names.contains(name)) {
            return group.getType(name);
        }
        return group.getFields().stream()
                .filter(type -> type.getName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "the file's column '" + String.join(".", path) + "' has no member '" + name + "'",
                        NearestName.hint(name, names)));
    }

    private static ColumnSource list(
            MessageType file, List<String> path, Type found, DataType.ListType type, ListBuilder target) {
        Field element = new Field("element", type.element());
        if (found.isRepetition(Repetition.REPEATED)) {
            // A repeated column without a list around it: each occurrence is an element, and there is no NULL.
            throw mismatch(path, type, found);
        }
        if (found.isPrimitive() || found.asGroupType().getFieldCount() != 1) {
            throw mismatch(path, type, found);
        }
        Type repeated = found.asGroupType().getType(0);
        if (!repeated.isRepetition(Repetition.REPEATED)) {
            throw mismatch(path, type, found);
        }
        List<String> repeatedPath = append(path, repeated.getName());
        ColumnSource elements;
        if (isElement(found.asGroupType(), repeated)) {
            elements = repeatedElement(file, repeatedPath, repeated, element, target.elements());
        } else {
            Type inner = repeated.asGroupType().getType(0);
            elements = of(file, append(repeatedPath, inner.getName()), inner, element, target.elements());
        }
        return new NestedSources.RepeatedSource(
                List.of(elements),
                target,
                definition(file, path),
                definition(file, repeatedPath),
                file.getMaxRepetitionLevel(repeatedPath.toArray(new String[0])));
    }

    /** An element that repeats itself, without a group around it. */
    private static ColumnSource repeatedElement(
            MessageType file, List<String> path, Type found, Field field, ColumnBuilder target) {
        if (found.isPrimitive()) {
            ColumnDescriptor descriptor = file.getColumnDescription(path.toArray(new String[0]));
            return new LeafSource(
                    descriptor, Converters.of(path, field.type(), descriptor.getPrimitiveType(), target), target);
        }
        if (field.type() instanceof DataType.StructType struct) {
            return members(file, path, found.asGroupType(), struct, (StructBuilder) target);
        }
        throw mismatch(path, field.type(), found);
    }

    /** Whether the repeated field is the element itself, as old writers have it, and not a group around it. */
    private static boolean isElement(GroupType list, Type repeated) {
        return repeated.isPrimitive()
                || repeated.asGroupType().getFieldCount() > 1
                || repeated.getName().equals("array")
                || repeated.getName().equals(list.getName() + "_tuple");
    }

    private static ColumnSource map(
            MessageType file, List<String> path, Type found, DataType.MapType type, MapBuilder target) {
        boolean fits = !found.isPrimitive()
                && found.asGroupType().getFieldCount() == 1
                && !found.asGroupType().getType(0).isPrimitive()
                && found.asGroupType().getType(0).isRepetition(Repetition.REPEATED)
                && found.asGroupType().getType(0).asGroupType().getFieldCount() == 2;
        if (!fits || found.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            throw mismatch(path, type, found);
        }
        GroupType entry = found.asGroupType().getType(0).asGroupType();
        List<String> entryPath = append(path, entry.getName());
        Type key = entry.getType(0);
        Type value = entry.getType(1);
        return new NestedSources.RepeatedSource(
                List.of(
                        of(file, append(entryPath, key.getName()), key, new Field("key", type.key()), target.keys()),
                        of(
                                file,
                                append(entryPath, value.getName()),
                                value,
                                new Field("value", type.value()),
                                target.values())),
                target,
                definition(file, path),
                definition(file, entryPath),
                file.getMaxRepetitionLevel(entryPath.toArray(new String[0])));
    }

    private static int definition(MessageType file, List<String> path) {
        return file.getMaxDefinitionLevel(path.toArray(new String[0]));
    }

    private static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    static LaminarException mismatch(List<String> path, DataType wanted, Type found) {
        return new LaminarException(
                ErrorCode.INVALID_SCHEMA,
                "column '" + String.join(".", path) + "' is declared as " + wanted.sql() + " but the file has "
                        + found);
    }
}
