package io.laminar.format.csv;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordOutput;
import io.laminar.spi.text.DecimalText;
import io.laminar.spi.text.IntervalText;
import io.laminar.spi.text.NumberText;
import io.laminar.spi.text.ScalarText;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes rows as lines of fields; quotes only where the content needs them. */
final class CsvEncoder implements RecordEncoder {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final Dialect dialect;
    private final Schema schema;
    private final RecordOutput output = new RecordOutput();

    CsvEncoder(FormatSpec spec) {
        dialect = Dialect.of(spec.options());
        schema = spec.projected();
    }

    @Override
    public byte[] header() {
        if (!dialect.header()) {
            return new byte[0];
        }
        Slice line = new Slice();
        output.start(line);
        for (int i = 0; i < schema.size(); i++) {
            if (i > 0) {
                output.put(dialect.delimiter());
            }
            byte[] name = schema.field(i).name().getBytes(StandardCharsets.UTF_8);
            writeText(name, 0, name.length);
        }
        output.put((byte) '\n');
        output.finish();
        return Arrays.copyOf(line.base(), line.length());
    }

    @Override
    public void encode(Batch batch, Slice out) {
        output.start(out);
        for (int row = 0; row < batch.size(); row++) {
            writeRow(batch, row);
            output.put((byte) '\n');
        }
        output.finish();
    }

    @Override
    public void encodeMessage(Batch batch, int row, Slice out) {
        out.length(0);
        output.start(out);
        writeRow(batch, row);
        output.finish();
    }

    private void writeRow(Batch batch, int row) {
        int start = output.at();
        for (int i = 0; i < batch.width(); i++) {
            if (i > 0) {
                output.put(dialect.delimiter());
            }
            Column column = batch.column(i);
            if (column.isNull(row)) {
                output.put(dialect.nullText());
            } else {
                write(schema.type(i), column, row);
            }
        }
        if (output.at() == start) {
            // An empty line is no record. Read back, a TEXT that is alone in its table is empty then instead of NULL.
            output.put(dialect.quote());
            output.put(dialect.quote());
        }
    }

    private void write(DataType type, Column column, int row) {
        if (type instanceof DataType.Decimal decimal) {
            byte[] b = output.need(NumberText.MAX_LENGTH);
            output.to(
                    column instanceof DecimalColumn wide
                            ? DecimalText.format(wide.high()[row], wide.low()[row], decimal.scale(), b, output.at())
                            : DecimalText.format(((LongColumn) column).value(row), decimal.scale(), b, output.at()));
            return;
        }
        byte[] b = output.need(Math.max(IntervalText.MAX_LENGTH, NumberText.MAX_LENGTH));
        int at = output.at();
        switch ((Scalar) type) {
            case BOOLEAN, NULL -> output.put(((BooleanColumn) column).value(row) ? TRUE : FALSE);
            case TINYINT, SMALLINT, INT -> output.to(NumberText.formatLong(((IntColumn) column).value(row), b, at));
            case BIGINT -> output.to(NumberText.formatLong(((LongColumn) column).value(row), b, at));
            case FLOAT -> output.to(NumberText.formatFloat(((DoubleColumn) column).value(row), b, at));
            case DOUBLE -> output.to(NumberText.formatDouble(((DoubleColumn) column).value(row), b, at));
            case DATE -> output.to(TemporalText.formatDate(((IntColumn) column).value(row), b, at));
            case TIME -> output.to(TemporalText.formatTime(((LongColumn) column).value(row), b, at));
            case TIMESTAMP -> output.to(TemporalText.formatTimestamp(((LongColumn) column).value(row), b, at));
            case TIMESTAMPTZ -> output.to(TemporalText.formatTimestampTz(((LongColumn) column).value(row), b, at));
            case INTERVAL -> output.to(IntervalText.formatMicros(((LongColumn) column).value(row), b, at));
            case INTERVAL_MONTHS -> output.to(IntervalText.formatMonths(((LongColumn) column).value(row), b, at));
            case TEXT, JSON -> {
                BytesColumn text = (BytesColumn) column;
                writeText(text.arena(), text.starts()[row], text.lengths()[row]);
            }
            case BYTES -> {
                byte[] value = ((BytesColumn) column).value(row);
                byte[] hex = output.need(2 + 2 * value.length);
                output.to(ScalarText.formatHex(value, 0, value.length, hex, output.at()));
            }
        }
    }

    private void writeText(byte[] text, int from, int count) {
        if (!needsQuotes(text, from, count)) {
            output.put(text, from, count);
            return;
        }
        byte[] b = output.need(2 * count + 2);
        int at = output.at();
        b[at++] = dialect.quote();
        for (int i = from; i < from + count; i++) {
            if (text[i] == dialect.quote() || text[i] == dialect.escape()) {
                b[at++] = dialect.escape();
            }
            b[at++] = text[i];
        }
        b[at++] = dialect.quote();
        output.to(at);
    }

    private boolean needsQuotes(byte[] text, int from, int count) {
        if (Arrays.equals(text, from, from + count, dialect.nullText(), 0, dialect.nullText().length)) {
            return true;
        }
        for (int i = from; i < from + count; i++) {
            byte c = text[i];
            if (c == dialect.delimiter() || c == dialect.quote() || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }
}
