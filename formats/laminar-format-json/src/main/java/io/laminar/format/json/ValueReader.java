package io.laminar.format.json;

import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;

/** Reads the JSON values of one column, or of one member, element or entry of a nested one, into its builder. */
abstract class ValueReader {
    protected final JsonScanner scanner;

    /** How messages name the column: {@code location.latitude}. */
    protected final String path;

    protected final DataType type;
    private final boolean nullable;

    /** Arrays and objects around the value. */
    protected final int depth;

    protected ValueReader(JsonScanner scanner, String path, Field field, int depth) {
        this.scanner = scanner;
        this.path = path;
        this.type = field.type();
        this.nullable = field.nullable();
        this.depth = depth;
    }

    /** Sets where values go. Builders outlive the batches they build, so this happens once per builder. */
    abstract void bind(ColumnBuilder builder);

    /** Reads a value that is not {@code null}; {@code from} is its first byte, the result the position after it. */
    abstract int readValue(byte[] b, int from, int limit);

    protected abstract ColumnBuilder builder();

    /** Reads the value at {@code from}. */
    final int read(byte[] b, int from, int limit) {
        if (b[from] != 'n') {
            return readValue(b, from, limit);
        }
        int end = scanner.literalEnd(b, from, limit, "null");
        if (!nullable) {
            throw missing(from, "is null");
        }
        builder().appendNull();
        return end;
    }

    final boolean nullable() {
        return nullable;
    }

    final JsonFailure missing(int position, String how) {
        return new JsonFailure(ErrorCode.NULL_NOT_ALLOWED, position, "column '" + path + "' is NOT NULL but " + how);
    }

    /** A value of another kind than the column takes. A value that is not even JSON is reported as that instead. */
    protected final JsonFailure expected(byte[] b, int from, int limit, String what) {
        int end = scanner.valueEnd(b, from, limit, depth);
        return new JsonFailure(from, describe() + ": expected " + what + ", found " + JsonScanner.found(b, from, end));
    }

    protected final JsonFailure outOfRange(byte[] b, int from, int end) {
        return new JsonFailure(
                from, describe() + ": " + JsonScanner.found(b, from, end) + " is out of the range of the type");
    }

    protected final String describe() {
        return "column '" + path + "' (" + type.sql() + ")";
    }
}
