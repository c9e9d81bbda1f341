package io.laminar.format.json;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FileCompression;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.Option;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.List;

/** {@code format = 'json'}: one JSON object per line or message. */
public final class JsonFormat implements RecordFormat {
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
        return List.of(UNSTRUCTURED, TIMESTAMP_FORMAT, DECIMAL_ENCODING, FileCompression.option(name()));
    }

    @Override
    public void check(FormatSpec spec) {
        if (spec.options().bool(UNSTRUCTURED)) {
            boolean fits = spec.schema().size() == 1 && spec.schema().type(0) == Scalar.JSON;
            if (!fits) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "with json.unstructured a table has exactly one column, of type JSON",
                        "declare the table as (value JSON)");
            }
        }
        for (Field field : spec.schema().fields()) {
            checkKeys(field.name(), field.type());
        }
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
    public RecordDecoder decoder(FormatSpec spec) {
        return new JsonDecoder(spec);
    }

    @Override
    public RecordEncoder encoder(FormatSpec spec) {
        return new JsonEncoder(spec);
    }
}
