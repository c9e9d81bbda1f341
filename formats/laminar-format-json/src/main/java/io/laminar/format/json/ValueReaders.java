package io.laminar.format.json;

import io.laminar.format.json.NumberReaders.DecimalReader;
import io.laminar.format.json.NumberReaders.DoubleReader;
import io.laminar.format.json.NumberReaders.IntReader;
import io.laminar.format.json.NumberReaders.LongReader;
import io.laminar.format.json.ScalarReaders.BooleanReader;
import io.laminar.format.json.ScalarReaders.BytesReader;
import io.laminar.format.json.ScalarReaders.DateReader;
import io.laminar.format.json.ScalarReaders.EpochReader;
import io.laminar.format.json.ScalarReaders.JsonReader;
import io.laminar.format.json.ScalarReaders.TextReader;
import io.laminar.format.json.ScalarReaders.TimeReader;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;

/** Chooses the reader of a column by its type. */
final class ValueReaders {
    private static final int MILLIS_DECIMALS = 3;
    private static final int SECONDS_DECIMALS = 6;

    private ValueReaders() {}

    static ValueReader of(JsonScanner scanner, String path, Field field, Encodings encodings, int depth) {
        DataType type = field.type();
        if (type instanceof Scalar scalar) {
            return scalar(scanner, path, field, scalar, encodings, depth);
        } else if (type instanceof DataType.Decimal) {
            return new DecimalReader(scanner, path, field, depth, encodings.decimals());
        } else if (type instanceof DataType.ListType) {
            return new NestedReaders.ListReader(scanner, path, field, encodings, depth);
        } else if (type instanceof DataType.MapType) {
            return new NestedReaders.MapReader(scanner, path, field, encodings, depth);
        }
        return new NestedReaders.StructReader(scanner, path, field, encodings, depth);
    }

    private static ValueReader scalar(
            JsonScanner scanner, String path, Field field, Scalar type, Encodings encodings, int depth) {
        return switch (type) {
            case BOOLEAN, NULL -> new BooleanReader(scanner, path, field, depth);
            case TINYINT, SMALLINT, INT -> new IntReader(scanner, path, field, depth);
            case BIGINT -> new LongReader(scanner, path, field, depth);
            case FLOAT, DOUBLE -> new DoubleReader(scanner, path, field, depth);
            case TEXT -> new TextReader(scanner, path, field, depth);
            case JSON -> new JsonReader(scanner, path, field, depth);
            case BYTES -> new BytesReader(scanner, path, field, depth);
            case DATE -> new DateReader(scanner, path, field, depth);
            case TIME, INTERVAL, INTERVAL_MONTHS -> new TimeReader(scanner, path, field, depth);
            case TIMESTAMP, TIMESTAMPTZ ->
                switch (encodings.timestamps()) {
                    case RFC3339, SQL -> new TimeReader(scanner, path, field, depth);
                    case UNIX_MILLIS -> new EpochReader(scanner, path, field, depth, MILLIS_DECIMALS);
                    case UNIX_SECONDS -> new EpochReader(scanner, path, field, depth, SECONDS_DECIMALS);
                };
        };
    }
}
