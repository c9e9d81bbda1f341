package io.laminar.format.csv;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FileCompression;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.infer.SchemaInference;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.Field;
import java.util.List;

/** {@code format = 'csv'}: fields between delimiters (RFC 4180), one record per line or over lines inside quotes. */
public final class CsvFormat implements RecordFormat, SchemaInference {
    static final Option HEADER = Option.bool(
                    "csv.header",
                    "Whether files start with a line of names: then columns are bound by name, else by position.")
            .withDefault(true);
    static final Option DELIMITER = Option.text("csv.delimiter", "The character between fields; \\t is a tab.")
            .withDefault(",");
    static final Option QUOTE = Option.text(
                    "csv.quote", "The character around fields that hold delimiters, quotes or line ends.")
            .withDefault("\"");
    static final Option ESCAPE = Option.text(
            "csv.escape", "The character before a quote inside quotes; without it such quotes are doubled.");
    static final Option NULL = Option.text(
                    "csv.null", "What a field without quotes holds for NULL; an empty quoted field is an empty text.")
            .withDefault("");

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String description() {
        return "Fields between commas or another delimiter, with RFC 4180 quotes.";
    }

    @Override
    public List<Option> options() {
        return List.of(HEADER, DELIMITER, QUOTE, ESCAPE, NULL, FileCompression.option(name()));
    }

    @Override
    public void check(FormatSpec spec) {
        Dialect.of(spec.options());
        for (Field field : spec.schema().fields()) {
            switch (field.type().physical()) {
                case LIST, MAP, STRUCT ->
                    throw new LaminarException(
                            ErrorCode.INVALID_SCHEMA,
                            "column '" + field.name() + "': CSV has no form for "
                                    + field.type().sql(),
                            "declare it as JSON or TEXT, or use format = 'json'");
                default -> {
                    // All others have a text form.
                }
            }
        }
    }

    @Override
    public InferredSchema ofSample(byte[] sample, OptionValues options) {
        return CsvInference.of(sample, options);
    }

    @Override
    public RecordDecoder decoder(FormatSpec spec) {
        return new CsvDecoder(spec);
    }

    @Override
    public RecordEncoder encoder(FormatSpec spec) {
        return new CsvEncoder(spec);
    }
}
