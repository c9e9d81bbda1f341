package io.laminar.format.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * New fields in a message of a .proto text. All else stays as it is, comments and options too, so that who reads the
 * text in the registry finds what they wrote.
 */
final class AddedFields {
    /** Numbers that Protobuf keeps for itself. */
    private static final int OWN_FIRST = 19_000;

    private static final int OWN_LAST = 19_999;

    private AddedFields() {}

    /** The columns that no field of a message stands for. */
    static List<Field> missing(Descriptor message, List<Field> columns) {
        return columns.stream()
                .filter(column -> ReaderCompiler.find(message, column.name()) == null)
                .toList();
    }

    /**
     * The text with a field for each of the columns, numbered behind those that are there.
     *
     * @param message one of the text's
     * @throws LaminarException INVALID_SCHEMA for names and types that Protobuf does not have, and reserved names
     */
    static String to(String text, Descriptor message, List<Field> columns) {
        DescriptorProto old = message.toProto();
        for (Field column : columns) {
            if (old.getReservedNameList().contains(column.name())) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "message " + message.getFullName() + " reserves the name '" + column.name()
                                + "', which a field had that is gone",
                        "give the column another name");
            }
        }
        Descriptor added = ColumnTypes.message(Schema.of(columns.toArray(Field[]::new)));
        DescriptorProto.Builder numbered = added.toProto().toBuilder();
        int number = message.getFields().stream()
                .mapToInt(FieldDescriptor::getNumber)
                .max()
                .orElse(0);
        for (FieldDescriptorProto.Builder field : numbered.getFieldBuilderList()) {
            number = free(old, number + 1);
            field.setNumber(number);
        }
        boolean proto3 = message.getFile().toProto().getSyntax().equals("proto3");
        int end = end(text, message);
        String before = text.substring(0, end);
        String extended = (before.endsWith("\n") ? before : before.stripTrailing() + "\n")
                + ProtoText.members(numbered.build(), proto3, "  ")
                + text.substring(end);
        return withImports(extended, message.getFile(), added);
    }

    /** The first number from one on that is neither reserved nor somebody else's. */
    private static int free(DescriptorProto message, int from) {
        int number = from;
        int tried;
        do {
            tried = number;
            for (DescriptorProto.ReservedRange range : message.getReservedRangeList()) {
                number = number >= range.getStart() && number < range.getEnd() ? range.getEnd() : number;
            }
            for (DescriptorProto.ExtensionRange range : message.getExtensionRangeList()) {
                number = number >= range.getStart() && number < range.getEnd() ? range.getEnd() : number;
            }
            number = number >= OWN_FIRST && number <= OWN_LAST ? OWN_LAST + 1 : number;
        } while (number != tried);
        if (number > ProtoParser.MAX_NUMBER) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "message " + message.getName() + " has no number left for another field",
                    "declare the schema: protobuf.schema");
        }
        return number;
    }

    /** Where the closing brace of a message is. */
    private static int end(String text, Descriptor message) {
        Deque<String> path = new ArrayDeque<>();
        for (Descriptor type = message; type != null; type = type.getContainingType()) {
            path.addFirst(type.getName());
        }
        ProtoTokens tokens = new ProtoTokens(text);
        while (!tokens.atEnd()) {
            if (!tokens.accept("message")) {
                tokens.skipStatement();
            } else if (!tokens.name().equals(path.getFirst())) {
                tokens.skipBlock();
            } else {
                tokens.expect("{");
                path.removeFirst();
                if (path.isEmpty()) {
                    while (!tokens.is("}")) {
                        tokens.skipStatement();
                    }
                    return tokens.at();
                }
            }
        }
        throw new IllegalStateException("the text has been read: " + message.getFullName());
    }

    /** Google's types of times have to be imported; types can be used before the import that brings them. */
    private static String withImports(String text, FileDescriptor file, Descriptor added) {
        List<String> known =
                file.getDependencies().stream().map(FileDescriptor::getName).toList();
        String imports = used(added, new ArrayList<>()).stream()
                .distinct()
                .filter(name -> !known.contains(name))
                .map(name -> "import \"" + name + "\";\n")
                .collect(Collectors.joining());
        return imports.isEmpty() ? text : text + (text.endsWith("\n") ? "" : "\n") + imports;
    }

    private static List<String> used(Descriptor message, List<String> files) {
        for (FieldDescriptor field : message.getFields()) {
            if (field.getType() == FieldDescriptor.Type.MESSAGE) {
                Descriptor type = field.getMessageType();
                if (type.getFile() == message.getFile()) {
                    used(type, files);
                } else {
                    files.add(type.getFile().getName());
                }
            }
        }
        return files;
    }
}
