package io.laminar.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.laminar.format.registry.Registries;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FileCompression;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.format.RegistryOptions;
import io.laminar.spi.format.UnstructuredJson;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.infer.SchemaInference;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * {@code format = 'protobuf'}: one message per record, bare or with {@code protobuf.confluent_schema_registry} after the
 * id of its schema.
 */
public final class ProtobufFormat implements RecordFormat, SchemaInference {
    static final Option MESSAGE =
            Option.text("protobuf.message", "Which message of the schema records are, with or without its package.");

    static final Option DESCRIPTOR = Option.text(
            "protobuf.descriptor",
            "A file with a descriptor set, which protoc --include_imports --descriptor_set_out makes; every worker"
                    + " reads it.");

    static final Option SCHEMA = Option.text(
            "protobuf.schema", "The content of a .proto file (proto2 or proto3) that imports none but Google's.");

    static final Option CONFLUENT_SCHEMA_REGISTRY = Option.bool(
                    "protobuf.confluent_schema_registry",
                    "Whether a record is a zero byte, the four bytes of its schema's id in a schema registry, the"
                            + " position of its message in the schema, and the message.")
            .withDefault(false);

    static final Option INTO_UNSTRUCTURED_JSON = UnstructuredJson.option("protobuf");

    @Override
    public String name() {
        return "protobuf";
    }

    @Override
    public String description() {
        return "Protobuf messages; in files each after its length.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(List.of(
                MESSAGE,
                DESCRIPTOR,
                SCHEMA,
                CONFLUENT_SCHEMA_REGISTRY,
                INTO_UNSTRUCTURED_JSON,
                FileCompression.option(name())));
        options.addAll(RegistryOptions.ALL);
        return options;
    }

    @Override
    public void check(FormatSpec spec) {
        OptionValues options = spec.options();
        if (options.has(DESCRIPTOR) && options.has(SCHEMA)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "protobuf.descriptor and protobuf.schema both say how messages look",
                    "keep one of them");
        }
        ProtobufSchemas.declared(options);
        if (options.bool(CONFLUENT_SCHEMA_REGISTRY)) {
            Registries.of(options);
        }
    }

    @Override
    public void checkReading(FormatSpec spec) {
        check(spec);
        UnstructuredJson.checkColumns(spec, INTO_UNSTRUCTURED_JSON);
        Descriptor type = spec.options().bool(CONFLUENT_SCHEMA_REGISTRY) ? latest(spec) : declaredOrLatest(spec);
        if (type != null) {
            new RowReader(type, spec);
        }
    }

    private static @Nullable Descriptor latest(FormatSpec spec) {
        return ProtobufSchemas.latest(spec.options())
                .map(ProtobufSchemas.Latest::message)
                .orElse(null);
    }

    /** The type of messages that do not say theirs: declared, or the latest in the registry, or that of the columns. */
    static Descriptor declaredOrLatest(FormatSpec spec) {
        Descriptor declared = ProtobufSchemas.declared(spec.options());
        if (declared != null) {
            return declared;
        }
        Descriptor latest = latest(spec);
        if (latest != null) {
            return latest;
        }
        if (spec.options().bool(INTO_UNSTRUCTURED_JSON)) {
            throw new LaminarException(
                    ErrorCode.MISSING_OPTION,
                    "nothing says how messages look",
                    "protobuf.descriptor, protobuf.schema or a schema registry does");
        }
        return ColumnTypes.message(spec.schema());
    }

    @Override
    public void checkWriting(FormatSpec spec) {
        check(spec);
        UnstructuredJson.checkNotWritten(spec, INTO_UNSTRUCTURED_JSON);
        if (!spec.options().bool(CONFLUENT_SCHEMA_REGISTRY)) {
            writer(declaredOrLatest(spec), spec);
            return;
        }
        WriterSchema schema = WriterSchema.of(spec);
        writer(schema.message(), spec);
        Registries.of(spec.options()).checkCompatible(Registries.subject(spec.options()), schema.definition());
    }

    private static MessageWriter writer(Descriptor type, FormatSpec spec) {
        return MessageWriter.of(type, spec.schema().fields(), "");
    }

    /** The table needs the text, too: messages are read with it. */
    @Override
    public InferredSchema ofDefinition(String text, OptionValues options) {
        Descriptor message = Objects.requireNonNull(ProtobufSchemas.declared(options.with(SCHEMA, text)));
        return ProtobufInference.of(message, Map.of(SCHEMA.name(), text, MESSAGE.name(), message.getFullName()));
    }

    @Override
    public InferredSchema ofSubject(OptionValues options) {
        Descriptor message = ProtobufSchemas.latest(options)
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "the schema registry has no subject '" + Registries.subject(options) + "'"))
                .message();
        return ProtobufInference.of(message, Map.of());
    }

    @Override
    public RecordDecoder decoder(FormatSpec spec) {
        return new ProtobufDecoder(
                spec,
                spec.options().bool(CONFLUENT_SCHEMA_REGISTRY) ? Messages.registered(spec) : Messages.plain(spec));
    }

    @Override
    public RecordEncoder encoder(FormatSpec spec) {
        if (!spec.options().bool(CONFLUENT_SCHEMA_REGISTRY)) {
            Descriptor type = declaredOrLatest(spec);
            return new ProtobufEncoder(type, writer(type, spec), OptionalInt.empty());
        }
        WriterSchema schema = WriterSchema.of(spec);
        MessageWriter writer = writer(schema.message(), spec);
        int id = Registries.of(spec.options()).register(Registries.subject(spec.options()), schema.definition());
        return new ProtobufEncoder(schema.message(), writer, OptionalInt.of(id));
    }
}
