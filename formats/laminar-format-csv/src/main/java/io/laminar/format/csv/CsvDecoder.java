package io.laminar.format.csv;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Framing;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records between line ends that are not inside quotes. A record whose fields cannot be read ends where its quotes say;
 * one whose quotes make no sense ends with its first line.
 */
final class CsvDecoder implements RecordDecoder {
    private static final int INCOMPLETE = -1;
    private static final int NOT_WANTED = -1;

    private final Dialect dialect;
    private final Schema schema;
    private final FormatSpec spec;
    private final CsvColumn[] columns;
    private final int maxLength;
    private final FieldScanner scanner;

    /** Per field of a record the column it goes to; null until the header line has been read. */
    private int @Nullable [] bound;

    private byte[] unquoted = new byte[64];
    private @Nullable BatchBuilder target;

    /** The first thing that is wrong with the record's fields. */
    private @Nullable LaminarException fault;

    private int start;

    CsvDecoder(FormatSpec spec) {
        this.spec = spec;
        dialect = Dialect.of(spec.options());
        schema = spec.projected();
        maxLength = Framing.maxLength(spec.options());
        scanner = new FieldScanner(dialect);
        columns = schema.fields().stream().map(CsvColumn::new).toArray(CsvColumn[]::new);
        reset();
    }

    @Override
    public void reset() {
        bound = dialect.header() ? null : byPosition();
    }

    private int[] byPosition() {
        int[] columnOf = new int[spec.schema().size()];
        Arrays.fill(columnOf, NOT_WANTED);
        for (int i = 0; i < columns.length; i++) {
            columnOf[spec.projection().get(i)] = i;
        }
        return columnOf;
    }

    @Override
    public int decode(byte[] buffer, int from, int to, boolean end, BatchBuilder out, BadRecords bad) {
        bind(out);
        int full = out.isFull() ? from : (int) Math.min(Integer.MAX_VALUE, (long) from + Batch.TARGET_BYTES);
        int position = skipEmptyLines(buffer, from, to);
        if (bound == null && position < to) {
            int next = readHeader(buffer, position, to, end);
            if (next == INCOMPLETE) {
                return from;
            }
            position = skipEmptyLines(buffer, next, to);
        }
        while (position < to && position < full && out.rows() < Batch.TARGET_ROWS) {
            int next = decodeRecord(buffer, position, to, end, out, bad);
            if (next == INCOMPLETE) {
                return position;
            }
            position = skipEmptyLines(buffer, next, to);
        }
        return position;
    }

    @Override
    public void decodeMessage(byte[] buffer, int from, int to, BatchBuilder out, BadRecords bad) {
        if (bound == null) {
            // Messages have no header line.
            bound = byPosition();
        }
        bind(out);
        int position = skipEmptyLines(buffer, from, to);
        while (position < to) {
            position = skipEmptyLines(buffer, decodeRecord(buffer, position, to, true, out, bad), to);
        }
    }

    private void bind(BatchBuilder out) {
        if (target != out) {
            target = out;
            for (int i = 0; i < columns.length; i++) {
                columns[i].bind(out.column(i));
            }
        }
    }

    private int readHeader(byte[] b, int from, int to, boolean end) {
        List<String> names = new ArrayList<>();
        int p = from;
        while (true) {
            p = scanner.scan(b, p, to, end);
            if (p == FieldScanner.NEEDS_MORE) {
                return INCOMPLETE;
            }
            if (p == FieldScanner.MALFORMED) {
                throw new LaminarException(ErrorCode.INVALID_SCHEMA, "the header line has a quote in a wrong place");
            }
            names.add(content(b).strip());
            if (scanner.endsRecord()) {
                bound = byName(names);
                return p;
            }
        }
    }

    private String content(byte[] b) {
        if (!scanner.escaped()) {
            return new String(b, scanner.from(), scanner.to() - scanner.from(), StandardCharsets.UTF_8);
        }
        int count = scanner.unescape(b, room(scanner.to() - scanner.from()));
        return new String(unquoted, 0, count, StandardCharsets.UTF_8);
    }

    private byte[] room(int count) {
        if (unquoted.length < count) {
            unquoted = new byte[count * 2];
        }
        return unquoted;
    }

    private int[] byName(List<String> names) {
        int[] columnOf = new int[names.size()];
        Arrays.fill(columnOf, NOT_WANTED);
        for (int i = 0; i < columns.length; i++) {
            String wanted = columns[i].name();
            int field = names.indexOf(wanted);
            for (int f = 0; f < names.size() && field < 0; f++) {
                field = names.get(f).equalsIgnoreCase(wanted) ? f : field;
            }
            if (field < 0) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "the header line has no column '" + wanted + "'; it has " + String.join(", ", names),
                        names.size() == 1
                                ? "is csv.delimiter right? csv.header = false binds columns by position"
                                : NearestName.hint(wanted, names));
            }
            columnOf[field] = i;
        }
        return columnOf;
    }

    private int decodeRecord(byte[] b, int from, int to, boolean end, BatchBuilder out, BadRecords bad) {
        fault = null;
        start = from;
        int[] columnOf = java.util.Objects.requireNonNull(bound);
        int field = 0;
        int p = from;
        while (true) {
            p = scanner.scan(b, p, to, end);
            if (p == FieldScanner.NEEDS_MORE && to - from > maxLength) {
                fail(from, "the record is longer than " + Framing.MAX_LENGTH.name() + " = " + maxLength + " bytes");
                return giveUp(b, from, to, end, out, bad);
            } else if (p == FieldScanner.NEEDS_MORE) {
                out.rollbackRow();
                return INCOMPLETE;
            } else if (p == FieldScanner.MALFORMED) {
                fail(scanner.from(), scanner.reason());
                return giveUp(b, from, to, end, out, bad);
            }
            if (field < columnOf.length && columnOf[field] != NOT_WANTED && fault == null) {
                read(columns[columnOf[field]], b);
            }
            field++;
            if (scanner.endsRecord()) {
                break;
            }
        }
        if (field != columnOf.length) {
            fault = null;
            fail(from, "expected " + columnOf.length + " fields, found " + field);
        }
        finish(b, from, p, out, bad);
        return p;
    }

    private void read(CsvColumn column, byte[] b) {
        int from = scanner.from();
        int to = scanner.to();
        boolean isNull = (from == to && !column.hasEmptyValue())
                || (!scanner.quoted() && Arrays.equals(b, from, to, dialect.nullText(), 0, dialect.nullText().length));
        if (isNull) {
            if (!column.nullable()) {
                fault = new LaminarException(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "column '" + column.name() + "' is NOT NULL but is empty" + at(from));
            }
            column.appendNull();
            return;
        }
        boolean stable = !scanner.escaped();
        byte[] content = b;
        if (!stable) {
            content = room(to - from);
            to = scanner.unescape(b, content);
            from = 0;
        }
        String expected = column.append(content, from, to, stable);
        if (expected != null) {
            fail(scanner.from(), column.mismatch(expected, content, from, to));
        }
    }

    private void fail(int position, String reason) {
        fault = new LaminarException(ErrorCode.BAD_RECORD, reason + at(position));
    }

    private String at(int position) {
        return " (at byte " + (position - start) + " of the record)";
    }

    /** Ends a record with its first line, as its quotes do not tell where it ends. */
    private int giveUp(byte[] b, int from, int to, boolean end, BatchBuilder out, BadRecords bad) {
        int feed = from;
        while (feed < to && b[feed] != '\n') {
            feed++;
        }
        if (feed == to && !end && to - from <= maxLength) {
            out.rollbackRow();
            return INCOMPLETE;
        }
        finish(b, from, feed, out, bad);
        return Math.min(to, feed + 1);
    }

    private void finish(byte[] b, int from, int to, BatchBuilder out, BadRecords bad) {
        LaminarException reason = fault;
        if (reason == null && to - from > maxLength) {
            reason = new LaminarException(
                    ErrorCode.BAD_RECORD,
                    "the record is longer than " + Framing.MAX_LENGTH.name() + " = " + maxLength + " bytes");
        }
        if (reason == null) {
            out.endRow(0);
            return;
        }
        out.rollbackRow();
        int last = to;
        while (last > from && (b[last - 1] == '\n' || b[last - 1] == '\r')) {
            last--;
        }
        bad.report(b, from, last, reason);
    }

    private static int skipEmptyLines(byte[] b, int from, int to) {
        int p = from;
        while (p < to && (b[p] == '\n' || (b[p] == '\r' && p + 1 < to && b[p + 1] == '\n'))) {
            p++;
        }
        return p;
    }
}
