package io.laminar.connector.jdbc.source;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.text.TemporalText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where ranges start, as SQL literals. */
final class Ranges {

    private Ranges() {}

    /**
     * The starts of all ranges but the first, ascending; fewer if there are not so many values.
     *
     * @param time whether the bounds are dates or timestamps instead of numbers
     */
    static List<String> between(String least, String greatest, boolean time, int parts) {
        BigDecimal from = number(least, time);
        BigDecimal width = number(greatest, time).subtract(from);
        List<String> starts = new ArrayList<>();
        BigDecimal last = from;
        for (int i = 1; i < parts; i++) {
            BigDecimal start = from.add(
                    width.multiply(BigDecimal.valueOf(i)).divide(BigDecimal.valueOf(parts), MathContext.DECIMAL64));
            // Whole numbers tell ranges apart as well, unless the values are closer than these.
            if (width.compareTo(BigDecimal.valueOf(parts)) >= 0) {
                start = start.setScale(0, RoundingMode.FLOOR);
            }
            if (start.compareTo(last) > 0) {
                starts.add(time ? timestamp(start.longValue()) : start.toPlainString());
                last = start;
            }
        }
        return starts;
    }

    private static BigDecimal number(String text, boolean time) {
        if (!time) {
            return new BigDecimal(text);
        }
        long micros = Scan.micros(text);
        if (micros == TemporalText.INVALID) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "partition.column has the time '" + text + "', by which no ranges can be made",
                    "leave partition.column out to read all at once");
        }
        return BigDecimal.valueOf(micros);
    }

    /** A timestamp as a literal. */
    static String timestamp(long micros) {
        byte[] text = new byte[TemporalText.MAX_LENGTH];
        int length = TemporalText.formatTimestamp(micros, text, 0);
        return "TIMESTAMP '" + new String(text, 0, length, StandardCharsets.US_ASCII) + "'";
    }
}
