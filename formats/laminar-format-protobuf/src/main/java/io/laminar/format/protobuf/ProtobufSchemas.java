package io.laminar.format.protobuf;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import io.laminar.format.registry.RegisteredSchema;
import io.laminar.format.registry.RegisteredSchema.Language;
import io.laminar.format.registry.RegisteredSchema.Reference;
import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
import io.laminar.format.registry.Registries;
import io.laminar.format.registry.RegistryClient;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.format.RegistryOptions;
import io.laminar.spi.option.OptionValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the message types of a table come from. */
final class ProtobufSchemas {
    private static final String TEXT_NAME = "schema.proto";

    /** The files of Google's that come with the library. */
    private static final Map<String, FileDescriptor> KNOWN = Stream.of(
                    AnyProto.getDescriptor(),
                    ApiProto.getDescriptor(),
                    DescriptorProtos.getDescriptor(),
                    DurationProto.getDescriptor(),
                    EmptyProto.getDescriptor(),
                    FieldMaskProto.getDescriptor(),
                    SourceContextProto.getDescriptor(),
                    StructProto.getDescriptor(),
                    TimestampProto.getDescriptor(),
                    TypeProto.getDescriptor(),
                    WrappersProto.getDescriptor())
            .collect(Collectors.toUnmodifiableMap(FileDescriptor::getName, Function.identity()));

    private ProtobufSchemas() {}

    /**
     * The message type that a table declares; null if it declares none.
     *
     * @throws LaminarException INVALID_OPTION, FILE_NOT_FOUND or FILE_UNREADABLE
     */
    static @Nullable Descriptor declared(OptionValues options) {
        String message = options.findText(ProtobufFormat.MESSAGE).orElse(null);
        if (options.has(ProtobufFormat.SCHEMA)) {
            FileDescriptor file = link(
                    ProtoParser.parse(TEXT_NAME, options.text(ProtobufFormat.SCHEMA)), ProtobufSchemas::unknownImport);
            return named(List.of(file), message, ProtobufFormat.SCHEMA.name());
        }
        if (options.has(ProtobufFormat.DESCRIPTOR)) {
            String path = options.text(ProtobufFormat.DESCRIPTOR);
            return named(descriptorSet(Path.of(path)), message, "'" + path + "'");
        }
        return null;
    }

    private static FileDescriptor unknownImport(String name) {
        throw new LaminarException(
                ErrorCode.INVALID_OPTION,
                "'" + name + "' is imported, and protobuf.schema has one file only",
                "use protobuf.descriptor: protoc --include_imports --descriptor_set_out=FILE");
    }

    private static List<FileDescriptor> descriptorSet(Path path) {
        if (!Files.exists(path)) {
            throw new LaminarException(ErrorCode.FILE_NOT_FOUND, "protobuf.descriptor: '" + path + "' does not exist");
        }
        try {
            FileDescriptorSet set = FileDescriptorSet.parseFrom(Files.readAllBytes(path));
            Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
            set.getFileList().forEach(file -> files.put(file.getName(), file));
            Map<String, FileDescriptor> linked = new HashMap<>();
            List<FileDescriptor> all = new ArrayList<>();
            for (FileDescriptorProto file : files.values()) {
                all.add(linked(file, files, linked, path));
            }
            return all;
        } catch (InvalidProtocolBufferException notOne) {
            throw new LaminarException(
                    ErrorCode.FILE_UNREADABLE,
                    "protobuf.descriptor: '" + path + "' is no descriptor set",
                    "protoc --include_imports --descriptor_set_out=FILE makes one");
        } catch (IOException unreadable) {
            throw new LaminarException(
                    ErrorCode.FILE_UNREADABLE,
                    "protobuf.descriptor: '" + path + "' cannot be read: " + unreadable.getMessage(),
                    null,
                    null,
                    unreadable);
        }
    }

    private static FileDescriptor linked(
            FileDescriptorProto file,
            Map<String, FileDescriptorProto> files,
            Map<String, FileDescriptor> linked,
            Path path) {
        FileDescriptor done = linked.get(file.getName());
        if (done != null) {
            return done;
        }
        FileDescriptor made = link(file, name -> {
            FileDescriptorProto imported = files.get(name);
            if (imported == null) {
                throw new LaminarException(
                        ErrorCode.INVALID_OPTION,
                        "protobuf.descriptor: '" + path + "' does not have '" + name + "', which " + file.getName()
                                + " imports",
                        "make it with protoc --include_imports");
            }
            return linked(imported, files, linked, path);
        });
        linked.put(file.getName(), made);
        return made;
    }

    /** A file with what it imports. */
    static FileDescriptor link(FileDescriptorProto file, Function<String, FileDescriptor> imports) {
        if (file.getSyntax().equals("editions")) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "'" + file.getName()
                            + "' is written in an edition of Protobuf, and only proto2 and proto3 are known");
        }
        List<FileDescriptor> dependencies = new ArrayList<>();
        for (String name : file.getDependencyList()) {
            FileDescriptor known = KNOWN.get(name);
            dependencies.add(known != null ? known : imports.apply(name));
        }
        try {
            return FileDescriptor.buildFrom(file, dependencies.toArray(FileDescriptor[]::new));
        } catch (DescriptorValidationException invalid) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION, "the Protobuf schema is not valid: " + invalid.getMessage());
        }
    }

    private static Descriptor named(List<FileDescriptor> files, @Nullable String name, String where) {
        List<Descriptor> all = new ArrayList<>();
        files.forEach(file -> file.getMessageTypes().forEach(type -> addWithNested(type, all)));
        if (name == null) {
            FileDescriptor last = files.isEmpty() ? null : files.get(files.size() - 1);
            if (last != null && last.getMessageTypes().size() == 1) {
                return last.getMessageTypes().get(0);
            }
        } else {
            for (Descriptor type : all) {
                if (type.getFullName().equals(name) || type.getName().equals(name)) {
                    return type;
                }
            }
        }
        List<String> names = all.stream().map(Descriptor::getFullName).toList();
        throw new LaminarException(
                name == null ? ErrorCode.MISSING_OPTION : ErrorCode.INVALID_OPTION,
                name == null
                        ? "protobuf.message has to say which message of " + where + " records are"
                        : "there is no message '" + name + "' in " + where,
                name == null || NearestName.hint(name, names) == null
                        ? "there are " + String.join(", ", names)
                        : NearestName.hint(name, names));
    }

    private static void addWithNested(Descriptor type, List<Descriptor> all) {
        all.add(type);
        type.getNestedTypes().stream()
                .filter(nested -> !nested.getOptions().getMapEntry())
                .forEach(nested -> addWithNested(nested, all));
    }

    /**
     * A schema of a registry, with what it imports.
     *
     * @throws LaminarException BAD_RECORD if it is no Protobuf schema
     */
    static FileDescriptor registered(SchemaDefinition definition, RegistryClient registry) {
        if (definition.language() != Language.PROTOBUF) {
            throw new LaminarException(
                    ErrorCode.BAD_RECORD,
                    "the schema in the registry is " + definition.language() + " and not PROTOBUF");
        }
        try {
            return registered(TEXT_NAME, definition, registry, new HashMap<>());
        } catch (LaminarException invalid) {
            throw invalid.code() == ErrorCode.INVALID_OPTION
                    ? new LaminarException(
                            ErrorCode.BAD_RECORD, "the schema in the registry cannot be read: " + invalid.reason())
                    : invalid;
        }
    }

    private static FileDescriptor registered(
            String name, SchemaDefinition definition, RegistryClient registry, Map<String, FileDescriptor> done) {
        Map<String, Reference> references = definition.references().stream()
                .collect(Collectors.toMap(Reference::name, Function.identity(), (a, b) -> a));
        return link(file(name, definition.text()), imported -> {
            FileDescriptor known = done.get(imported);
            if (known != null) {
                return known;
            }
            Reference reference = references.get(imported);
            if (reference == null) {
                throw new LaminarException(
                        ErrorCode.INVALID_OPTION, "'" + imported + "' is imported, and the registry does not know it");
            }
            FileDescriptor made = registered(imported, registry.imported(reference), registry, done);
            done.put(imported, made);
            return made;
        });
    }

    /**
     * The message of a schema that is named as one of an earlier version.
     *
     * @throws LaminarException INVALID_SCHEMA if the schema is none
     */
    static Descriptor message(SchemaDefinition definition, RegistryClient registry, Descriptor earlier) {
        try {
            FileDescriptor file = registered(TEXT_NAME, definition, registry, new HashMap<>());
            return named(List.of(file), earlier.getFullName(), "the schema");
        } catch (LaminarException invalid) {
            throw invalid.code() == ErrorCode.INVALID_OPTION
                    ? new LaminarException(ErrorCode.INVALID_SCHEMA, invalid.reason(), invalid.hint())
                    : invalid;
        }
    }

    private static FileDescriptorProto file(String name, String text) {
        FileDescriptorProto encoded = encoded(text);
        return encoded == null
                ? ProtoParser.parse(name, text)
                : encoded.toBuilder().setName(name).build();
    }

    /** What a registry keeps as a .proto text: it may be a descriptor in Base64. */
    static String text(SchemaDefinition definition) {
        FileDescriptorProto encoded = encoded(definition.text());
        return encoded == null ? definition.text() : ProtoText.of(encoded);
    }

    /** A descriptor in Base64, which registries take as well; null for a text. */
    private static @Nullable FileDescriptorProto encoded(String text) {
        try {
            return FileDescriptorProto.parseFrom(Base64.getDecoder().decode(text.strip()));
        } catch (IllegalArgumentException | InvalidProtocolBufferException notBase64) {
            return null;
        }
    }

    /** The latest schema of a table's subject; empty without a registry, a subject, or a schema there. */
    static Optional<Latest> latest(OptionValues options) {
        Optional<String> subject = Registries.knownSubject(options);
        if (subject.isEmpty() || !options.has(RegistryOptions.ENDPOINT)) {
            return Optional.empty();
        }
        RegistryClient registry = Registries.of(options);
        return registry.latest(subject.get()).map(found -> {
            FileDescriptor file = registered(found.definition(), registry);
            String message = options.findText(ProtobufFormat.MESSAGE).orElse(null);
            Descriptor type = message == null
                    ? file.getMessageTypes().get(0)
                    : named(List.of(file), message, "subject '" + subject.get() + "'");
            return new Latest(found, type);
        });
    }

    /** A subject's latest schema, and which of its messages records are. */
    record Latest(RegisteredSchema schema, Descriptor message) {}
}
