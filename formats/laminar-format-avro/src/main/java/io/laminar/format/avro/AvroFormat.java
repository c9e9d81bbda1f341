package io.laminar.format.avro;

import io.laminar.format.registry.RegisteredSchema.Language;
import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
import io.laminar.format.registry.Registries;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FileFormat;
import io.laminar.spi.format.FileReader;
import io.laminar.spi.format.FileWriter;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RandomAccessInput;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.format.RegistryOptions;
import io.laminar.spi.format.UnstructuredJson;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.infer.SchemaInference;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * {@code format = 'avro'}: container files, where a file or message brings its schema; bare datums with
 * {@code avro.raw_datums}; or datums after the id of their schema with {@code avro.confluent_schema_registry}.
 */
public final class AvroFormat implements RecordFormat, FileFormat, SchemaInference {
    static final Option CONFLUENT_SCHEMA_REGISTRY = Option.bool(
                    "avro.confluent_schema_registry",
                    "Whether a record is a zero byte, the four bytes of its schema's id in a schema registry, and a"
                            + " datum.")
            .withDefault(false);

    static final Option RAW_DATUMS = Option.bool(
                    "avro.raw_datums",
                    "Whether a record is a datum and nothing else. With neither this nor a registry a message or file"
                            + " is a whole container with its schema.")
            .withDefault(false);

    static final Option INTO_UNSTRUCTURED_JSON = UnstructuredJson.option("avro");

    static final Option SCHEMA = Option.text(
            "avro.schema",
            "A schema as JSON: what is written and how raw datums are read; for other records what they are resolved"
                    + " to, with its defaults and aliases. Otherwise the registry's latest or that of the columns.");

    static final Option COMPRESSION = Option.choice(
            "avro.compression",
            List.of("none", "zstd", "gzip", "deflate", "snappy"),
            "How written files are compressed: containers block by block with zstd (the default), deflate or"
                    + " snappy; files of other records as a whole with zstd or gzip.");

    @Override
    public String name() {
        return "avro";
    }

    @Override
    public String description() {
        return "Avro: container files, bare datums, or datums with the id of their schema in a registry.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(
                List.of(CONFLUENT_SCHEMA_REGISTRY, RAW_DATUMS, INTO_UNSTRUCTURED_JSON, SCHEMA, COMPRESSION));
        options.addAll(RegistryOptions.ALL);
        return options;
    }

    @Override
    public void check(FormatSpec spec) {
        OptionValues options = spec.options();
        if (options.bool(RAW_DATUMS) && options.bool(CONFLUENT_SCHEMA_REGISTRY)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "avro.raw_datums and avro.confluent_schema_registry contradict each other",
                    "keep the one that says how records look");
        }
        AvroSchemas.declared(options);
        codec(spec);
        if (options.bool(CONFLUENT_SCHEMA_REGISTRY)) {
            Registries.of(options);
        }
    }

    @Override
    public void checkReading(FormatSpec spec) {
        check(spec);
        UnstructuredJson.checkColumns(spec, INTO_UNSTRUCTURED_JSON);
        @Nullable
        Schema written = spec.options().bool(RAW_DATUMS)
                ? AvroSchemas.ofRawDatums(spec)
                : spec.options().bool(CONFLUENT_SCHEMA_REGISTRY)
                        ? AvroSchemas.latest(spec.options()).orElse(null)
                        : null;
        if (written != null) {
            DatumReader.of(written, AvroSchemas.declared(spec.options()), spec);
        }
    }

    @Override
    public void checkWriting(FormatSpec spec) {
        check(spec);
        UnstructuredJson.checkNotWritten(spec, INTO_UNSTRUCTURED_JSON);
        Schema schema = WriterSchemas.of(spec);
        WriterCompiler.record(schema, spec.schema().fields(), "");
        if (spec.options().bool(CONFLUENT_SCHEMA_REGISTRY)) {
            Registries.of(spec.options()).checkCompatible(Registries.subject(spec.options()), definition(schema));
        }
    }

    private static SchemaDefinition definition(Schema schema) {
        return new SchemaDefinition(Language.AVRO, schema.toString());
    }

    @Override
    public boolean wholeFiles(FormatSpec spec) {
        return !spec.options().bool(RAW_DATUMS) && !spec.options().bool(CONFLUENT_SCHEMA_REGISTRY);
    }

    /** How blocks of containers are compressed. */
    private BlockCodec codec(FormatSpec spec) {
        String choice = (String) spec.options().find(COMPRESSION).orElse("");
        boolean containers = wholeFiles(spec);
        boolean known = containers ? !choice.equals("gzip") : !choice.equals("deflate") && !choice.equals("snappy");
        if (!known) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "avro.compression = '" + choice + "' is not for " + (containers ? "containers" : "such records"),
                    containers ? "write 'deflate', which is the same method" : "write 'zstd' or 'gzip'");
        }
        return switch (choice) {
            case "none" -> BlockCodec.NULL;
            case "deflate" -> BlockCodec.DEFLATE;
            case "snappy" -> BlockCodec.SNAPPY;
            default -> BlockCodec.ZSTANDARD;
        };
    }

    @Override
    public InferredSchema ofSample(byte[] sample, OptionValues options) {
        return AvroInference.ofContainer(sample);
    }

    @Override
    public InferredSchema ofDefinition(String text, OptionValues options) {
        return AvroInference.of(AvroSchemas.parse(text));
    }

    @Override
    public InferredSchema ofSubject(OptionValues options) {
        return AvroInference.of(AvroSchemas.latest(options)
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "the schema registry has no subject '" + Registries.subject(options) + "'")));
    }

    @Override
    public RecordDecoder decoder(FormatSpec spec) {
        if (wholeFiles(spec)) {
            return new ContainerDecoder(spec);
        }
        return new AvroDecoder(spec, spec.options().bool(RAW_DATUMS) ? Datums.raw(spec) : Datums.registered(spec));
    }

    @Override
    public RecordEncoder encoder(FormatSpec spec) {
        Schema schema = WriterSchemas.of(spec);
        RecordWriter writer = WriterCompiler.record(schema, spec.schema().fields(), "");
        if (wholeFiles(spec)) {
            return new ContainerWriter.Messages(schema, writer, BlockCodec.NULL);
        }
        OptionalInt id = spec.options().bool(CONFLUENT_SCHEMA_REGISTRY)
                ? OptionalInt.of(
                        Registries.of(spec.options()).register(Registries.subject(spec.options()), definition(schema)))
                : OptionalInt.empty();
        return new AvroEncoder(writer, id);
    }

    @Override
    public boolean splittable() {
        return true;
    }

    @Override
    public FileReader open(RandomAccessInput input, FormatSpec spec) throws IOException {
        return open(input, spec, 0, input.length());
    }

    /** A block belongs to the part in which it starts. */
    @Override
    public FileReader open(RandomAccessInput input, FormatSpec spec, long from, long to) throws IOException {
        return new ContainerFileReader(input, spec, from, to);
    }

    @Override
    public FileWriter create(OutputStream output, FormatSpec spec) throws IOException {
        Schema schema = WriterSchemas.of(spec);
        RecordWriter writer = WriterCompiler.record(schema, spec.schema().fields(), "");
        return new ContainerWriter(output, schema, writer, codec(spec));
    }
}
