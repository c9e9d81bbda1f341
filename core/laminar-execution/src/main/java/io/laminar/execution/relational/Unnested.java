package io.laminar.execution.relational;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.MapColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One collection of an UNNEST: an array, or a map, whose entries are two columns. */
final class Unnested {
    /** Position that stands for no element of a row. */
    static final int NO_ELEMENT = -1;

    private static final int[] NO_INTS = new int[0];

    private final int column;
    private final List<DataType> types;
    private List<Column> parts = List.of();
    private int[] starts = NO_INTS;
    private int[] lengths = NO_INTS;
    private boolean @Nullable [] nulls;

    Unnested(int column, DataType type) {
        this.column = column;
        this.types =
                type instanceof MapType map ? List.of(map.key(), map.value()) : List.of(((ListType) type).element());
    }

    void load(Batch batch) {
        Column collection = batch.column(column);
        nulls = collection.nulls();
        if (collection instanceof MapColumn map) {
            parts = List.of(map.keys(), map.values());
            starts = map.starts();
            lengths = map.lengths();
        } else {
            ListColumn list = (ListColumn) collection;
            parts = List.of(list.elements());
            starts = list.starts();
            lengths = list.lengths();
        }
    }

    /** Elements of a row's collection. */
    int length(int row) {
        return nulls != null && nulls[row] ? 0 : lengths[row];
    }

    /** Adds the columns of elements: those at positions of rows, NULL where a row has no such element. */
    void gather(int[] rows, int[] positions, int count, List<Column> into) {
        int[] elements = new int[count];
        boolean[] missing = null;
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position != NO_ELEMENT && position < length(rows[i])) {
                elements[i] = starts[rows[i]] + position;
            } else {
                missing = missing == null ? new boolean[count] : missing;
                missing[i] = true;
            }
        }
        for (int part = 0; part < parts.size(); part++) {
            Column values = parts.get(part);
            if (missing == null) {
                into.add(values.gather(elements, count));
            } else if (values.size() == 0) {
                into.add(new NullColumns(List.of(types.get(part))).column(0, count));
            } else {
                into.add(MaskedColumns.of(values.gather(elements, count), missing));
            }
        }
    }
}
