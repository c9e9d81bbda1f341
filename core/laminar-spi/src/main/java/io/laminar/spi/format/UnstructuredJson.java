package io.laminar.spi.format;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Option;
import io.laminar.spi.type.DataType.Scalar;

/** Tables whose one column takes whole records as JSON. */
public final class UnstructuredJson {

    private UnstructuredJson() {}

    /** {@code <format>.into_unstructured_json}, for formats that only read so. */
    public static Option option(String format) {
        return Option.bool(
                        format + ".into_unstructured_json",
                        "Whether the whole record goes into the table's one column, of type JSON. Only for reading.")
                .withDefault(false);
    }

    /**
     * Refuses a table that has other columns.
     *
     * @param option says whether the table is meant to be one
     */
    public static void checkColumns(FormatSpec spec, Option option) {
        boolean fits = spec.schema().size() == 1 && spec.schema().type(0) == Scalar.JSON;
        if (spec.options().bool(option) && !fits) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "with " + option.name() + " a table has exactly one column, of type JSON",
                    "declare the table as (value JSON)");
        }
    }

    /** Refuses to write such a table. */
    public static void checkNotWritten(FormatSpec spec, Option option) {
        if (spec.options().bool(option)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    option.name() + " is for reading",
                    "leave it out; a column of type JSON is written as a string");
        }
    }
}
