package io.laminar.format.csv;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import java.nio.charset.StandardCharsets;

/**
 * The signs of a CSV file.
 *
 * @param escape what makes the next character plain inside quotes; the quote itself when quotes are doubled
 * @param nullText what a field without quotes says for NULL
 */
record Dialect(boolean header, byte delimiter, byte quote, byte escape, byte[] nullText) {

    static Dialect of(OptionValues options) {
        byte quote = sign(options, CsvFormat.QUOTE);
        boolean doubled = options.find(CsvFormat.ESCAPE).isEmpty();
        Dialect dialect = new Dialect(
                options.bool(CsvFormat.HEADER),
                sign(options, CsvFormat.DELIMITER),
                quote,
                doubled ? quote : sign(options, CsvFormat.ESCAPE),
                options.text(CsvFormat.NULL).getBytes(StandardCharsets.UTF_8));
        if (dialect.delimiter == quote || dialect.delimiter == dialect.escape) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION, "csv.delimiter must differ from csv.quote and csv.escape");
        }
        return dialect;
    }

    private static byte sign(OptionValues options, Option option) {
        String text = options.text(option);
        if (text.equals("\\t")) {
            return '\t';
        }
        if (text.length() != 1 || text.charAt(0) > 0x7f || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    option.name() + " = '" + text + "' is not one ASCII character",
                    "write a tab as \\t");
        }
        return (byte) text.charAt(0);
    }
}
