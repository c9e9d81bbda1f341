package io.laminar.format.json;

import io.laminar.format.registry.WireHeader;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.StructBuilder;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Framing;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value per line, or one or more per message, straight into columns.
 *
 * <p>A line is read without looking for its end first: JSON text has no line feeds inside tokens, so a record that
 * parses ends where it seems to. Only when that fails the end is searched and the record read again within it, for the
 * true reason, or to find that the rest has not arrived yet.
 */
final class JsonDecoder implements RecordDecoder {
    private static final int INCOMPLETE = -1;
    private static final String NOT_AN_OBJECT = "expected an object, found ";

    private final JsonScanner scanner = new JsonScanner();
    private final ObjectReader object;
    private final boolean unstructured;

    /** Whether the record is a member of the object, beside its schema. */
    private final boolean wrapped;

    /** Whether the id of a schema comes before each record. */
    private final boolean registered;

    private final int maxLength;
    private @Nullable BatchBuilder bound;

    /** The columns as the struct that a wrapped record is. */
    private StructBuilder payload = new StructBuilder(new ColumnBuilder[0]);

    JsonDecoder(FormatSpec spec) {
        List<Field> fields = spec.projected().fields();
        Encodings encodings = Encodings.of(spec.options());
        maxLength = Framing.maxLength(spec.options());
        unstructured = spec.options().bool(JsonFormat.UNSTRUCTURED);
        wrapped = spec.options().bool(JsonFormat.INCLUDE_SCHEMA);
        registered = spec.options().bool(JsonFormat.CONFLUENT_SCHEMA_REGISTRY);
        object = new ObjectReader(scanner, "", wrapped ? payload(fields) : fields, encodings, 0);
    }

    private List<Field> payload(List<Field> fields) {
        DataType type = unstructured ? Scalar.JSON : new DataType.StructType(fields);
        return List.of(new Field("payload", type, false));
    }

    @Override
    public boolean splittable() {
        // The id of a schema may have the byte of a line feed.
        return !registered;
    }

    @Override
    public int decode(byte[] buffer, int from, int to, boolean end, BatchBuilder out, BadRecords bad) {
        bind(out);
        scanner.multiline(false);
        // The size of the builder in bytes is costly to ask for; what has been read stands for it.
        int full = out.isFull() ? from : (int) Math.min(Integer.MAX_VALUE, (long) from + Batch.TARGET_BYTES);
        int position = skipBlank(buffer, from, to);
        while (position < to && position < full && out.rows() < Batch.TARGET_ROWS) {
            int next = decodeLine(buffer, position, to, end, out, bad);
            if (next == INCOMPLETE) {
                return position;
            }
            position = skipBlank(buffer, next, to);
        }
        return position;
    }

    private int decodeLine(byte[] b, int from, int to, boolean end, BatchBuilder out, BadRecords bad) {
        if (registered && !end && to - from < WireHeader.LENGTH) {
            return INCOMPLETE;
        }
        try {
            int p = readLine(b, from, to, out);
            if (p < to || end) {
                if (p - from > maxLength) {
                    throw tooLong(from);
                }
                out.endRow(0);
                return p;
            }
            out.rollbackRow();
            return INCOMPLETE;
        } catch (JsonFailure failure) {
            out.rollbackRow();
        }
        int lineEnd = lineEnd(b, registered ? Math.min(to, from + WireHeader.LENGTH) : from, to);
        if (lineEnd == to && !end) {
            return INCOMPLETE;
        }
        try {
            if (lineEnd - from > maxLength) {
                throw tooLong(from);
            }
            readLine(b, from, lineEnd, out);
            throw new IllegalStateException("a record that failed before is read without fault");
        } catch (JsonFailure failure) {
            out.rollbackRow();
            bad.report(b, from, lineEnd, reason(failure, from));
        }
        return lineEnd;
    }

    /** Reads one value and the white space after it; the result is the position of the line feed, or {@code to}. */
    private int readLine(byte[] b, int from, int to, BatchBuilder out) {
        int p = skipSpaces(b, readRecord(b, afterHeader(b, from, to), to, out), to);
        if (p < to && b[p] != '\n') {
            throw trailing(b, p, to);
        }
        return p;
    }

    /** Which schema it was does not matter: JSON says itself what it is. */
    private int afterHeader(byte[] b, int from, int to) {
        if (!registered) {
            return from;
        }
        try {
            WireHeader.id(b, from, to);
        } catch (RecordFailure noHeader) {
            throw new JsonFailure(noHeader.position(), String.valueOf(noHeader.getMessage()));
        }
        return skipBlank(b, from + WireHeader.LENGTH, to);
    }

    private int readRecord(byte[] b, int from, int to, BatchBuilder out) {
        if (from >= to) {
            throw new JsonFailure(from, "there is nothing after the id of the schema");
        }
        if (unstructured && !wrapped) {
            return object.readWhole(b, from, to);
        }
        if (wrapped) {
            // Batches have been built and rows taken back since; the struct stands where the columns do.
            payload.truncate(out.rows());
        }
        if (b[from] != '{') {
            scanner.valueEnd(b, from, to, 0);
            throw new JsonFailure(from, NOT_AN_OBJECT + JsonScanner.found(b, from, to));
        }
        return object.read(b, from, to, out.rows());
    }

    @Override
    public void decodeMessage(byte[] buffer, int from, int to, BatchBuilder out, BadRecords bad) {
        bind(out);
        scanner.multiline(true);
        int rows = out.rows();
        try {
            if (to - from > maxLength) {
                throw tooLong(from);
            }
            int p = skipBlank(buffer, afterHeader(buffer, from, to), to);
            if (registered && p == to) {
                readRecord(buffer, p, to, out);
            }
            while (p < to) {
                p = buffer[p] == '[' && !unstructured
                        ? decodeArray(buffer, p, to, out)
                        : decodeNext(buffer, p, to, out);
                p = skipBlank(buffer, p, to);
            }
        } catch (JsonFailure failure) {
            out.truncate(rows);
            bad.report(buffer, from, to, reason(failure, from));
        }
    }

    private int decodeNext(byte[] b, int from, int to, BatchBuilder out) {
        int p = readRecord(b, from, to, out);
        out.endRow(0);
        return p;
    }

    /** An array around the records of a message. */
    private int decodeArray(byte[] b, int from, int to, BatchBuilder out) {
        int p = scanner.skipWhitespace(b, from + 1, to);
        if (b[p] == ']') {
            return p + 1;
        }
        while (true) {
            p = scanner.skipWhitespace(b, decodeNext(b, p, to, out), to);
            if (b[p] == ']') {
                return p + 1;
            }
            if (b[p] != ',') {
                throw JsonScanner.expectedNext(b, p, to, ']');
            }
            p = scanner.skipWhitespace(b, p + 1, to);
        }
    }

    private void bind(BatchBuilder out) {
        if (bound == out) {
            return;
        }
        bound = out;
        ColumnBuilder[] columns = new ColumnBuilder[out.schema().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = out.column(i);
        }
        if (wrapped && !unstructured) {
            payload = new StructBuilder(columns);
            object.bind(0, payload);
            return;
        }
        for (int i = 0; i < columns.length; i++) {
            object.bind(i, columns[i]);
        }
    }

    private JsonFailure tooLong(int from) {
        return new JsonFailure(
                from, "the record is longer than " + Framing.MAX_LENGTH.name() + " = " + maxLength + " bytes");
    }

    private static JsonFailure trailing(byte[] b, int p, int to) {
        return new JsonFailure(
                p, "expected nothing more after the JSON value of the line, found " + JsonScanner.found(b, p, to));
    }

    private static LaminarException reason(JsonFailure failure, int from) {
        return new LaminarException(
                failure.code(), failure.getMessage() + " (at byte " + (failure.position() - from) + " of the record)");
    }

    private static int skipBlank(byte[] b, int from, int to) {
        int p = from;
        while (p < to && (b[p] == '\n' || b[p] == ' ' || b[p] == '\r' || b[p] == '\t')) {
            p++;
        }
        return p;
    }

    private static int skipSpaces(byte[] b, int from, int to) {
        int p = from;
        while (p < to && (b[p] == ' ' || b[p] == '\r' || b[p] == '\t')) {
            p++;
        }
        return p;
    }

    private static int lineEnd(byte[] b, int from, int to) {
        int p = from;
        while (p < to && b[p] != '\n') {
            p++;
        }
        return p;
    }
}
