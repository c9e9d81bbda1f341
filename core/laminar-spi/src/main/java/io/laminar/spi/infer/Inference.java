package io.laminar.spi.infer;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.Format;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RegistryOptions;
import io.laminar.spi.format.RegistryReader;
import io.laminar.spi.option.OptionValues;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds out which columns a table of some data would have. */
public final class Inference {

    private Inference() {}

    /**
     * Columns and the format they are read with.
     *
     * @param format name of the format
     */
    public record Found(String format, InferredSchema schema) {}

    /** The formats that can do something of it. */
    public static List<String> formats() {
        return Formats.all().stream()
                .filter(SchemaInference.class::isInstance)
                .map(Format::name)
                .toList();
    }

    /**
     * From the start of some data.
     *
     * @param options of the format; empty to find out what it takes
     * @throws LaminarException BAD_RECORD, INVALID_SCHEMA, INVALID_OPTION
     */
    public static Found sample(String format, byte[] sample, OptionValues options) {
        if (sample.length == 0) {
            throw new LaminarException(ErrorCode.BAD_RECORD, "the sample is empty");
        }
        return new Found(format, of(format).ofSample(sample, options));
    }

    /**
     * From the text of a schema: an Avro schema, a JSON Schema, the content of a .proto file. This is also the test of
     * such a text.
     *
     * @throws LaminarException INVALID_OPTION with the place in the text where it is known, INVALID_SCHEMA
     */
    public static Found definition(String format, String text, OptionValues options) {
        return new Found(format, of(format).ofDefinition(text, options));
    }

    /**
     * From the latest schema of a subject in a registry, whose language says the format.
     *
     * @param registry options as in {@link RegistryOptions}
     * @throws LaminarException RESOURCE_NOT_FOUND, UNREACHABLE, ACCESS_DENIED
     */
    public static Found subject(OptionValues registry, String subject) {
        String format = RegistryReader.installed()
                .latest(registry, subject)
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.RESOURCE_NOT_FOUND, "the schema registry has no subject '" + subject + "'"))
                .language();
        InferredSchema schema = of(format).ofSubject(registry.with(RegistryOptions.SUBJECT, subject));
        Map<String, String> options = new TreeMap<>();
        options.put(format + ".confluent_schema_registry", "true");
        options.put(RegistryOptions.SUBJECT.name(), subject);
        return new Found(format, schema.with(options));
    }

    private static SchemaInference of(String format) {
        if (Formats.named(format) instanceof SchemaInference inference) {
            return inference;
        }
        throw new LaminarException(
                ErrorCode.INVALID_OPTION,
                "format '" + format + "' cannot find out columns",
                "formats that can are " + String.join(", ", formats()));
    }
}
