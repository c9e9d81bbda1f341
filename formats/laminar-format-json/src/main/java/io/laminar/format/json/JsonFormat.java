package io.laminar.format.json;

import io.laminar.format.registry.RegisteredSchema.Language;
import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
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
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** {@code format = 'json'}: one JSON object per line or message. */
public final class JsonFormat implements RecordFormat, SchemaInference {
    static final Option UNSTRUCTURED = Option.bool(
                    "json.unstructured", "Whether the whole record goes into the table's one column, of type JSON.")
            .withDefault(false);

    static final Option TIMESTAMP_FORMAT = Option.choice(
                    "json.timestamp_format",
                    TimestampFormat.class,
                    "How timestamps are written. With rfc3339 and sql an offset may be there or not when reading.")
            .withDefault("rfc3339");

    static final Option DECIMAL_ENCODING = Option.choice(
                    "json.decimal_encoding",
                    DecimalEncoding.class,
                    "How DECIMAL is written: as a number, as text, or as Base64 of the unscaled value (big endian)."
                            + " Numbers and text are both read with the first two.")
            .withDefault("number");

    /** Shared with the format debezium_json. */
    public static final Option INCLUDE_SCHEMA = Option.bool(
                    "json.include_schema",
                    "Whether the record is the member payload of an object, beside its schema, as Kafka Connect's"
                            + " converter writes it with schemas enabled.")
            .withDefault(false);

    static final Option CONFLUENT_SCHEMA_REGISTRY = Option.bool(
                    "json.confluent_schema_registry",
                    "Whether a zero byte and the four bytes of its schema's id in a schema registry come before each"
                            + " record.")
            .withDefault(false);

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String description() {
        return "JSON objects, one per line or message; keys are columns.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(List.of(
                UNSTRUCTURED,
                TIMESTAMP_FORMAT,
                DECIMAL_ENCODING,
                INCLUDE_SCHEMA,
                CONFLUENT_SCHEMA_REGISTRY,
                FileCompression.option(name())));
        options.addAll(RegistryOptions.ALL);
        return options;
    }

    @Override
    public void check(FormatSpec spec) {
        UnstructuredJson.checkColumns(spec, UNSTRUCTURED);
        for (Field field : spec.schema().fields()) {
            checkKeys(field.name(), field.type());
        }
        if (spec.options().bool(CONFLUENT_SCHEMA_REGISTRY) && spec.options().has(RegistryOptions.ENDPOINT)) {
            Registries.of(spec.options());
        }
    }

    @Override
    public void checkWriting(FormatSpec spec) {
        check(spec);
        prefix(spec);
        if (spec.options().bool(CONFLUENT_SCHEMA_REGISTRY)) {
            Registries.of(spec.options()).checkCompatible(Registries.subject(spec.options()), definition(spec));
        }
    }

    private static SchemaDefinition definition(FormatSpec spec) {
        String text = JsonSchema.of(spec.projected().fields(), Encodings.of(spec.options()));
        return new SchemaDefinition(Language.JSON, text);
    }

    /** What stands before each record, up to the member that is the record. */
    private static byte[] prefix(FormatSpec spec) {
        if (!spec.options().bool(INCLUDE_SCHEMA)) {
            return new byte[0];
        }
        String schema = spec.options().bool(UNSTRUCTURED)
                ? "null"
                : ConnectSchema.of(spec.projected().fields(), Encodings.of(spec.options()));
        return ("{\"schema\":" + schema + ",\"payload\":").getBytes(StandardCharsets.UTF_8);
    }

    private static void checkKeys(String column, DataType type) {
        if (type instanceof DataType.MapType map) {
            if (!(map.key() instanceof Scalar) && !(map.key() instanceof DataType.Decimal)) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "column '" + column + "': keys of JSON objects are text, so a map's key cannot be "
                                + map.key().sql());
            }
            checkKeys(column, map.value());
        } else if (type instanceof DataType.ListType list) {
            checkKeys(column, list.element());
        } else if (type instanceof DataType.StructType struct) {
            struct.fields().forEach(member -> checkKeys(column + "." + member.name(), member.type()));
        }
    }

    /** Whether keys of a map hold a value that JSON writes without quotes elsewhere. */
    static boolean isBareKey(DataType type) {
        return switch (type.physical()) {
            case BOOLEAN, DOUBLE, DECIMAL -> true;
            case INT -> type != Scalar.DATE;
            case LONG -> type == Scalar.BIGINT || type instanceof DataType.Decimal;
            default -> false;
        };
    }

    @Override
    public InferredSchema ofSample(byte[] sample, OptionValues options) {
        return JsonInference.ofSample(sample);
    }

    @Override
    public InferredSchema ofDefinition(String text, OptionValues options) {
        return JsonInference.ofDefinition(text);
    }

    @Override
    public InferredSchema ofSubject(OptionValues options) {
        String subject = Registries.subject(options);
        return JsonInference.ofDefinition(Registries.of(options)
                .latest(subject)
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.RESOURCE_NOT_FOUND, "the schema registry has no subject '" + subject + "'"))
                .definition()
                .text());
    }

    @Override
    public RecordDecoder decoder(FormatSpec spec) {
        return new JsonDecoder(spec);
    }

    @Override
    public RecordEncoder encoder(FormatSpec spec) {
        OptionalInt id = spec.options().bool(CONFLUENT_SCHEMA_REGISTRY)
                ? OptionalInt.of(
                        Registries.of(spec.options()).register(Registries.subject(spec.options()), definition(spec)))
                : OptionalInt.empty();
        return new JsonEncoder(spec, prefix(spec), id);
    }
}
