package io.laminar.format.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Locale;

/** Writes descriptors as .proto texts, which registries want. */
final class ProtoText {
    private final StringBuilder out = new StringBuilder();
    private final boolean proto3;

    private ProtoText(boolean proto3) {
        this.proto3 = proto3;
    }

    /** The text of a file. */
    static String of(FileDescriptorProto file) {
        ProtoText text = new ProtoText(file.getSyntax().equals("proto3"));
        text.file(file);
        return text.out.toString();
    }

    private void file(FileDescriptorProto file) {
        out.append("syntax = \"").append(proto3 ? "proto3" : "proto2").append("\";\n");
        if (file.hasPackage()) {
            out.append("package ").append(file.getPackage()).append(";\n");
        }
        file.getDependencyList()
                .forEach(imported -> out.append("import \"").append(imported).append("\";\n"));
        file.getEnumTypeList().forEach(type -> enumeration(type, ""));
        file.getMessageTypeList().forEach(type -> message(type, ""));
    }

    /** What stands between the braces of a message, in lines that begin with {@code indent}. */
    static String members(DescriptorProto message, boolean proto3, String indent) {
        ProtoText text = new ProtoText(proto3);
        text.body(message, indent);
        return text.out.toString();
    }

    private void message(DescriptorProto message, String indent) {
        out.append(indent).append("message ").append(message.getName()).append(" {\n");
        body(message, indent + "  ");
        out.append(indent).append("}\n");
    }

    private void body(DescriptorProto message, String inner) {
        message.getReservedRangeList().forEach(range -> range("reserved", range.getStart(), range.getEnd(), inner));
        message.getReservedNameList()
                .forEach(name ->
                        out.append(inner).append("reserved \"").append(name).append("\";\n"));
        message.getExtensionRangeList().forEach(range -> range("extensions", range.getStart(), range.getEnd(), inner));
        message.getEnumTypeList().forEach(type -> enumeration(type, inner));
        for (DescriptorProto nested : message.getNestedTypeList()) {
            if (!nested.getOptions().getMapEntry()) {
                message(nested, inner);
            }
        }
        for (FieldDescriptorProto field : message.getFieldList()) {
            if (!field.hasOneofIndex() || field.getProto3Optional()) {
                field(message, field, inner);
            }
        }
        for (int i = 0; i < message.getOneofDeclCount(); i++) {
            oneof(message, i, inner);
        }
    }

    /** @param end the first number behind the range */
    private void range(String word, int start, int end, String indent) {
        out.append(indent).append(word).append(' ').append(start);
        if (end > ProtoParser.MAX_NUMBER) {
            out.append(" to max");
        } else if (end > start + 1) {
            out.append(" to ").append(end - 1);
        }
        out.append(";\n");
    }

    private void oneof(DescriptorProto message, int index, String indent) {
        boolean real = message.getFieldList().stream()
                .anyMatch(f -> f.hasOneofIndex() && f.getOneofIndex() == index && !f.getProto3Optional());
        if (!real) {
            return;
        }
        out.append(indent)
                .append("oneof ")
                .append(message.getOneofDecl(index).getName())
                .append(" {\n");
        for (FieldDescriptorProto field : message.getFieldList()) {
            if (field.hasOneofIndex() && field.getOneofIndex() == index) {
                plain(field, indent + "  ");
            }
        }
        out.append(indent).append("}\n");
    }

    private void field(DescriptorProto message, FieldDescriptorProto field, String indent) {
        if (field.getType() == FieldDescriptorProto.Type.TYPE_GROUP) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA, "field '" + field.getName() + "' is a group, which is not written");
        }
        DescriptorProto entry = entry(message, field);
        if (entry != null) {
            out.append(indent)
                    .append("map<")
                    .append(type(entry.getField(0)))
                    .append(", ")
                    .append(type(entry.getField(1)))
                    .append("> ")
                    .append(field.getName())
                    .append(" = ")
                    .append(field.getNumber())
                    .append(";\n");
            return;
        }
        boolean labelled = field.getLabel() != Label.LABEL_OPTIONAL || !proto3 || field.getProto3Optional();
        String label = field.getLabel() == Label.LABEL_REPEATED
                ? "repeated "
                : field.getLabel() == Label.LABEL_REQUIRED ? "required " : labelled ? "optional " : "";
        plain(field, indent + label);
    }

    private void plain(FieldDescriptorProto field, String before) {
        out.append(before)
                .append(type(field))
                .append(' ')
                .append(field.getName())
                .append(" = ")
                .append(field.getNumber());
        if (field.hasDefaultValue()) {
            boolean quoted = field.getType() == FieldDescriptorProto.Type.TYPE_STRING
                    || field.getType() == FieldDescriptorProto.Type.TYPE_BYTES;
            String quote = quoted ? "\"" : "";
            out.append(" [default = ")
                    .append(quote)
                    .append(field.getDefaultValue())
                    .append(quote)
                    .append(']');
        } else if (field.getOptions().hasPacked()) {
            out.append(" [packed = ").append(field.getOptions().getPacked()).append(']');
        }
        out.append(";\n");
    }

    private static @org.jspecify.annotations.Nullable DescriptorProto entry(
            DescriptorProto message, FieldDescriptorProto field) {
        String name = field.getTypeName().substring(field.getTypeName().lastIndexOf('.') + 1);
        return field.getLabel() != Label.LABEL_REPEATED
                ? null
                : message.getNestedTypeList().stream()
                        .filter(nested -> nested.getOptions().getMapEntry()
                                && nested.getName().equals(name))
                        .findFirst()
                        .orElse(null);
    }

    private static String type(FieldDescriptorProto field) {
        return field.hasTypeName()
                ? field.getTypeName()
                : field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
    }

    private void enumeration(EnumDescriptorProto type, String indent) {
        out.append(indent).append("enum ").append(type.getName()).append(" {\n");
        if (type.getOptions().getAllowAlias()) {
            out.append(indent).append("  option allow_alias = true;\n");
        }
        for (EnumValueDescriptorProto value : type.getValueList()) {
            out.append(indent)
                    .append("  ")
                    .append(value.getName())
                    .append(" = ")
                    .append(value.getNumber())
                    .append(";\n");
        }
        out.append(indent).append("}\n");
    }
}
