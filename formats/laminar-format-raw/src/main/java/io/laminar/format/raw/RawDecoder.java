package io.laminar.format.raw;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Framing;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.text.Utf8;
import io.laminar.spi.type.DataType.Scalar;

/**
 * Points at lines or messages. Unlike in other formats an empty line is a record. Lines end with a line feed; a carriage
 * return before it belongs to the end in text and to the value in bytes.
 */
final class RawDecoder implements RecordDecoder {
    private final boolean text;
    private final boolean wanted;
    private final int maxLength;

    RawDecoder(FormatSpec spec, boolean text) {
        this.text = text;
        this.wanted = !spec.projection().isEmpty();
        this.maxLength = Framing.maxLength(spec.options());
    }

    static void checkColumn(FormatSpec spec, String format, Scalar type) {
        boolean fits = spec.schema().size() == 1
                && spec.schema().type(0) == type
                && spec.schema().field(0).name().equalsIgnoreCase("value");
        if (!fits) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "a table of format '" + format + "' has one column, value " + type.sql(),
                    "declare it as (value " + type.sql() + ")");
        }
    }

    @Override
    public boolean splittable() {
        return true;
    }

    @Override
    public int decode(byte[] buffer, int from, int to, boolean end, BatchBuilder out, BadRecords bad) {
        int full = out.isFull() ? from : (int) Math.min(Integer.MAX_VALUE, (long) from + Batch.TARGET_BYTES);
        int position = from;
        while (position < to && position < full && out.rows() < Batch.TARGET_ROWS) {
            int feed = position;
            while (feed < to && buffer[feed] != '\n') {
                feed++;
            }
            if (feed == to && !end) {
                return position;
            }
            boolean carriage = text && feed > position && buffer[feed - 1] == '\r';
            add(buffer, position, carriage ? feed - 1 : feed, out, bad);
            position = Math.min(to, feed + 1);
        }
        return position;
    }

    @Override
    public void decodeMessage(byte[] buffer, int from, int to, BatchBuilder out, BadRecords bad) {
        add(buffer, from, to, out, bad);
    }

    private void add(byte[] b, int from, int to, BatchBuilder out, BadRecords bad) {
        if (to - from > maxLength) {
            refuse(
                    b,
                    from,
                    to,
                    bad,
                    "the record is longer than " + Framing.MAX_LENGTH.name() + " = " + maxLength + " bytes");
            return;
        }
        int invalid = text ? Utf8.invalidAt(b, from, to) : -1;
        if (invalid >= 0) {
            refuse(
                    b,
                    from,
                    to,
                    bad,
                    "column 'value' (TEXT): invalid UTF-8 (at byte " + (invalid - from) + " of the record)");
            return;
        }
        if (wanted) {
            ((BytesBuilder) out.column(0)).view(b, from, to - from);
        }
        out.endRow(0);
    }

    private static void refuse(byte[] b, int from, int to, BadRecords bad, String reason) {
        bad.report(b, from, to, new LaminarException(ErrorCode.BAD_RECORD, reason));
    }
}
