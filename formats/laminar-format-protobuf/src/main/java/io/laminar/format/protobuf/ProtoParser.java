package io.laminar.format.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import io.laminar.spi.error.LaminarException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads .proto texts of proto2 and proto3, as far as they say how messages look: services, extensions and options that
 * change nothing of that are passed over.
 */
final class ProtoParser {
    /** The highest number that a field may have. */
    static final int MAX_NUMBER = (1 << 29) - 1;

    private static final int MAX_DEPTH = 64;
    private static final Map<String, FieldDescriptorProto.Type> SCALARS = Map.ofEntries(
            Map.entry("double", FieldDescriptorProto.Type.TYPE_DOUBLE),
            Map.entry("float", FieldDescriptorProto.Type.TYPE_FLOAT),
            Map.entry("int64", FieldDescriptorProto.Type.TYPE_INT64),
            Map.entry("uint64", FieldDescriptorProto.Type.TYPE_UINT64),
            Map.entry("int32", FieldDescriptorProto.Type.TYPE_INT32),
            Map.entry("fixed64", FieldDescriptorProto.Type.TYPE_FIXED64),
            Map.entry("fixed32", FieldDescriptorProto.Type.TYPE_FIXED32),
            Map.entry("bool", FieldDescriptorProto.Type.TYPE_BOOL),
            Map.entry("string", FieldDescriptorProto.Type.TYPE_STRING),
            Map.entry("bytes", FieldDescriptorProto.Type.TYPE_BYTES),
            Map.entry("uint32", FieldDescriptorProto.Type.TYPE_UINT32),
            Map.entry("sfixed32", FieldDescriptorProto.Type.TYPE_SFIXED32),
            Map.entry("sfixed64", FieldDescriptorProto.Type.TYPE_SFIXED64),
            Map.entry("sint32", FieldDescriptorProto.Type.TYPE_SINT32),
            Map.entry("sint64", FieldDescriptorProto.Type.TYPE_SINT64));

    private final ProtoTokens tokens;
    private boolean proto3;

    private ProtoParser(String text) {
        tokens = new ProtoTokens(text);
    }

    /**
     * Reads a text.
     *
     * @throws LaminarException INVALID_OPTION with the line
     */
    static FileDescriptorProto parse(String name, String text) {
        ProtoParser parser = new ProtoParser(text);
        return parser.file(name);
    }

    private FileDescriptorProto file(String name) {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder().setName(name);
        while (!tokens.atEnd()) {
            if (tokens.accept("syntax")) {
                tokens.expect("=");
                String syntax = tokens.string();
                if (!syntax.equals("proto2") && !syntax.equals("proto3")) {
                    throw tokens.wrong("syntax '" + syntax + "' is not known; there are proto2 and proto3");
                }
                proto3 = syntax.equals("proto3");
                file.setSyntax(syntax);
                tokens.expect(";");
            } else if (tokens.is("edition")) {
                throw tokens.wrong("editions are not known; there are syntax proto2 and proto3");
            } else if (tokens.accept("package")) {
                file.setPackage(tokens.path());
                tokens.expect(";");
            } else if (tokens.accept("import")) {
                boolean shared = tokens.accept("public");
                tokens.accept("weak");
                if (shared) {
                    file.addPublicDependency(file.getDependencyCount());
                }
                file.addDependency(tokens.string());
                tokens.expect(";");
            } else if (tokens.accept("message")) {
                file.addMessageType(message(1));
            } else if (tokens.accept("enum")) {
                file.addEnumType(enumeration());
            } else if (tokens.is("option") || tokens.is("service") || tokens.is("extend")) {
                tokens.skipStatement();
            } else if (!tokens.accept(";")) {
                throw tokens.wrong("'" + tokens.word() + "' does not start a statement");
            }
        }
        return file.build();
    }

    private DescriptorProto message(int depth) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(tokens.name());
        body(message, depth);
        return message.build();
    }

    private void body(DescriptorProto.Builder message, int depth) {
        if (depth > MAX_DEPTH) {
            throw tokens.wrong("messages are nested deeper than " + MAX_DEPTH + " levels");
        }
        tokens.expect("{");
        // Fields with an explicit optional of proto3 are each in a oneof of their own, which come last.
        int synthetic = 0;
        while (!tokens.accept("}")) {
            if (tokens.accept("message")) {
                message.addNestedType(message(depth + 1));
            } else if (tokens.accept("enum")) {
                message.addEnumType(enumeration());
            } else if (tokens.accept("oneof")) {
                oneof(message, depth);
            } else if (tokens.accept("reserved")) {
                reserved(message);
            } else if (tokens.accept("extensions")) {
                extensions(message);
            } else if (tokens.is("option") || tokens.is("extend")) {
                tokens.skipStatement();
            } else if (tokens.accept("map")) {
                map(message);
            } else if (!tokens.accept(";")) {
                FieldDescriptorProto.Builder field = labelled(message, depth);
                synthetic += field.getProto3Optional() ? 1 : 0;
                message.addField(field);
            }
        }
        if (synthetic > 0) {
            addSynthetic(message);
        }
    }

    private void reserved(DescriptorProto.Builder message) {
        do {
            if (tokens.atString()) {
                message.addReservedName(tokens.string());
            } else {
                int first = (int) tokens.integer();
                message.addReservedRangeBuilder().setStart(first).setEnd(last(first) + 1);
            }
        } while (tokens.accept(","));
        tokens.expect(";");
    }

    private void extensions(DescriptorProto.Builder message) {
        do {
            int first = (int) tokens.integer();
            message.addExtensionRangeBuilder().setStart(first).setEnd(last(first) + 1);
        } while (tokens.accept(","));
        if (tokens.is("[")) {
            tokens.skipBlock();
        }
        tokens.expect(";");
    }

    private int last(int first) {
        if (!tokens.accept("to")) {
            return first;
        }
        return tokens.accept("max") ? MAX_NUMBER : (int) tokens.integer();
    }

    private static void addSynthetic(DescriptorProto.Builder message) {
        for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
            if (field.getProto3Optional()) {
                field.setOneofIndex(message.getOneofDeclCount());
                message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
            }
        }
    }

    private void oneof(DescriptorProto.Builder message, int depth) {
        int index = message.getOneofDeclCount();
        message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(tokens.name()));
        tokens.expect("{");
        while (!tokens.accept("}")) {
            if (tokens.is("option")) {
                tokens.skipStatement();
            } else if (!tokens.accept(";")) {
                message.addField(field(message, Label.LABEL_OPTIONAL, depth).setOneofIndex(index));
            }
        }
    }

    private FieldDescriptorProto.Builder labelled(DescriptorProto.Builder message, int depth) {
        if (tokens.accept("repeated")) {
            return field(message, Label.LABEL_REPEATED, depth);
        } else if (tokens.accept("required")) {
            return field(message, Label.LABEL_REQUIRED, depth);
        }
        boolean optional = tokens.accept("optional");
        FieldDescriptorProto.Builder field = field(message, Label.LABEL_OPTIONAL, depth);
        return optional && proto3 ? field.setProto3Optional(true) : field;
    }

    private FieldDescriptorProto.Builder field(DescriptorProto.Builder message, Label label, int depth) {
        if (tokens.accept("group")) {
            return group(message, label, depth);
        }
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder().setLabel(label);
        type(field);
        field.setName(tokens.name());
        tokens.expect("=");
        field.setNumber((int) tokens.integer());
        options(field);
        tokens.expect(";");
        return field;
    }

    private FieldDescriptorProto.Builder group(DescriptorProto.Builder message, Label label, int depth) {
        String name = tokens.name();
        tokens.expect("=");
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                .setLabel(label)
                .setType(FieldDescriptorProto.Type.TYPE_GROUP)
                .setTypeName(name)
                .setName(name.toLowerCase(Locale.ROOT))
                .setNumber((int) tokens.integer());
        options(field);
        DescriptorProto.Builder nested = DescriptorProto.newBuilder().setName(name);
        body(nested, depth + 1);
        message.addNestedType(nested);
        return field;
    }

    /** Whether a name is a message or an enum is found out when descriptors are linked. */
    private void type(FieldDescriptorProto.Builder field) {
        String name = tokens.path();
        FieldDescriptorProto.Type scalar = SCALARS.get(name);
        if (scalar != null) {
            field.setType(scalar);
        } else {
            field.setTypeName(name);
        }
    }

    private void map(DescriptorProto.Builder message) {
        tokens.expect("<");
        FieldDescriptorProto.Builder key =
                FieldDescriptorProto.newBuilder().setName("key").setNumber(1).setLabel(Label.LABEL_OPTIONAL);
        type(key);
        tokens.expect(",");
        FieldDescriptorProto.Builder value =
                FieldDescriptorProto.newBuilder().setName("value").setNumber(2).setLabel(Label.LABEL_OPTIONAL);
        type(value);
        tokens.expect(">");
        String name = tokens.name();
        tokens.expect("=");
        String entry = entryName(name);
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber((int) tokens.integer())
                .setLabel(Label.LABEL_REPEATED)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName(entry);
        options(field);
        tokens.expect(";");
        DescriptorProto.Builder nested =
                DescriptorProto.newBuilder().setName(entry).addField(key).addField(value);
        nested.getOptionsBuilder().setMapEntry(true);
        message.addNestedType(nested).addField(field);
    }

    /** The name that protoc gives the entries of a map: {@code city_codes} has CityCodesEntry. */
    static String entryName(String field) {
        StringBuilder name = new StringBuilder();
        boolean upper = true;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                name.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return name.append("Entry").toString();
    }

    private void options(FieldDescriptorProto.Builder field) {
        if (!tokens.accept("[")) {
            return;
        }
        do {
            String option = optionName();
            tokens.expect("=");
            if (tokens.is("{")) {
                tokens.skipBlock();
                continue;
            }
            String value = tokens.constant();
            switch (option) {
                case "packed" -> field.getOptionsBuilder().setPacked(value.equals("true"));
                case "default" -> field.setDefaultValue(value);
                case "json_name" -> field.setJsonName(value);
                default -> {
                    // Others do not change what is on the wire.
                }
            }
        } while (tokens.accept(","));
        tokens.expect("]");
    }

    private String optionName() {
        @Nullable String name = null;
        do {
            if (tokens.accept("(")) {
                String custom = "(" + tokens.path() + ")";
                tokens.expect(")");
                name = custom;
            } else {
                String plain = tokens.name();
                name = name == null ? plain : name + "." + plain;
            }
        } while (tokens.accept("."));
        return name;
    }

    private EnumDescriptorProto enumeration() {
        EnumDescriptorProto.Builder made = EnumDescriptorProto.newBuilder().setName(tokens.name());
        tokens.expect("{");
        while (!tokens.accept("}")) {
            if (tokens.accept("option")) {
                String option = optionName();
                tokens.expect("=");
                if (tokens.is("{")) {
                    tokens.skipBlock();
                } else if (option.equals("allow_alias")) {
                    made.getOptionsBuilder().setAllowAlias(tokens.constant().equals("true"));
                } else {
                    tokens.constant();
                }
                tokens.expect(";");
            } else if (tokens.is("reserved")) {
                tokens.skipStatement();
            } else if (!tokens.accept(";")) {
                String name = tokens.name();
                tokens.expect("=");
                made.addValue(
                        EnumValueDescriptorProto.newBuilder().setName(name).setNumber((int) tokens.integer()));
                if (tokens.is("[")) {
                    tokens.skipBlock();
                }
                tokens.expect(";");
            }
        }
        return made.build();
    }
}
