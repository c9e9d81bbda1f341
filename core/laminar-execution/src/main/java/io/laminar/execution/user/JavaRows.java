package io.laminar.execution.user;

import io.laminar.spi.type.DataType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** The rows that a table function gave. */
public final class JavaRows {

    private JavaRows() {}

    /**
     * The rows as an array in the form of {@link io.laminar.spi.batch.Values}; no rows for null.
     *
     * @param type an array of rows
     * @param given an Iterable or a Stream
     */
    public static List<@Nullable Object> rows(DataType type, @Nullable Object given) {
        DataType row = ((DataType.ListType) type).element();
        List<@Nullable Object> rows = new ArrayList<>();
        if (given instanceof BaseStream<?, ?> stream) {
            try (stream) {
                addAll(rows, row, stream.iterator());
            }
        } else if (given != null) {
            addAll(rows, row, ((Iterable<?>) given).iterator());
        }
        return rows;
    }

    /** A row of one column may be given as its value. */
    private static void addAll(List<@Nullable Object> rows, DataType row, Iterator<?> given) {
        while (given.hasNext()) {
            Object next = given.next();
            boolean isBare =
                    row instanceof DataType.StructType struct && struct.fields().size() == 1 && !isRow(next);
            rows.add(JavaValues.fromJava(row, isBare ? new Object[] {next} : next));
        }
    }

    private static boolean isRow(@Nullable Object value) {
        return value instanceof Object[]
                || value instanceof Record
                || value instanceof java.util.Map
                || (value instanceof List<?> list && list.stream().noneMatch(Objects::isNull) && list.size() == 1);
    }
}
