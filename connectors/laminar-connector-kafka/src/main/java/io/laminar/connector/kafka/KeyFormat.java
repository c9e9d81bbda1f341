package io.laminar.connector.kafka;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.Format;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.format.RegistryOptions;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How the columns of a record's key are bytes. */
final class KeyFormat {
    private static final String TEXT = "raw_string";
    private static final String BYTES = "raw_bytes";
    private static final String JSON = "json";
    /** Writes a single number, time or whatever as its text. */
    private static final String PLAIN = "csv";

    private KeyFormat() {}

    /** @param columns of the key; at least one */
    static FormatSpec of(TableDescriptor table, List<Field> columns) {
        String asked = table.options().findText(KafkaOptions.KEY_FORMAT).orElse(null);
        boolean single = columns.size() == 1;
        boolean bytes = single && columns.get(0).type() == Scalar.BYTES;
        boolean text = single && columns.get(0).type() == Scalar.TEXT;
        String format = asked != null ? asked : !single ? JSON : bytes ? BYTES : TEXT;
        if (format.equals(TEXT) && single && !text) {
            format = PLAIN;
        }
        List<Field> fields = format.equals(TEXT) || format.equals(BYTES) ? renamed(columns) : columns;
        Schema schema = new Schema(fields);
        List<Integer> all = IntStream.range(0, schema.size()).boxed().toList();
        FormatSpec spec = new FormatSpec(format, schema, all, options(table, format));
        FormatSpec named = KafkaConnector.topic(table)
                .map(topic -> RegistryOptions.withSubject(spec, topic + "-key"))
                .orElse(spec);
        check(named);
        return named;
    }

    /** The raw formats have one column of a fixed name. */
    private static List<Field> renamed(List<Field> columns) {
        return columns.stream()
                .map(field -> columns.size() == 1 ? new Field("value", field.type(), field.nullable()) : field)
                .toList();
    }

    /**
     * The key's format has the options of the value's, where that is the same, and otherwise its registry. Its schema has a
     * name of its own there.
     */
    private static OptionValues options(TableDescriptor table, String format) {
        FormatSpec value = table.format();
        if (value == null) {
            return OptionValues.EMPTY;
        }
        Map<String, Object> options = new HashMap<>(value.options().asMap());
        if (!value.format().equals(format)) {
            List<String> registry =
                    RegistryOptions.ALL.stream().map(Option::name).toList();
            options.keySet().retainAll(registry);
        }
        options.remove(RegistryOptions.SUBJECT.name());
        return new OptionValues(options);
    }

    private static void check(FormatSpec spec) {
        try {
            Format format = Formats.named(spec.format());
            if (!(format instanceof RecordFormat) || format.changelog()) {
                throw new LaminarException(
                        ErrorCode.INVALID_OPTION, "format '" + spec.format() + "' is none for the key of a record");
            }
            format.check(spec);
        } catch (LaminarException e) {
            throw new LaminarException(e.code(), KafkaOptions.KEY_FORMAT.name() + ": " + e.reason(), e.hint());
        }
    }
}
