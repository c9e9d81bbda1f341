package io.laminar.spi.infer;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The columns that a table of some data would have. Columns found in a sample are nullable: that no value is missing in
 * it proves nothing.
 *
 * @param options of the format that the table needs to read the data, as they are written
 * @param notes what else has been decided, in sentences
 */
public record InferredSchema(List<InferredColumn> columns, Map<String, String> options, List<String> notes) {
    public InferredSchema {
        columns = List.copyOf(columns);
        options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
        notes = List.copyOf(notes);
    }

    /**
     * The schema of some columns; those that SQL could not tell apart are left out.
     *
     * @throws LaminarException INVALID_SCHEMA if there are none
     */
    public static InferredSchema of(List<InferredColumn> columns, Map<String, String> options, List<String> notes) {
        List<InferredColumn> kept = new ArrayList<>();
        List<String> all = new ArrayList<>(notes);
        Set<String> names = new HashSet<>();
        for (InferredColumn column : columns) {
            String name = column.field().name();
            if (names.add(name.toLowerCase(Locale.ROOT))) {
                kept.add(column);
            } else {
                all.add("'" + name + "' is left out: another column has that name but for its case");
            }
        }
        if (kept.isEmpty()) {
            throw new LaminarException(ErrorCode.INVALID_SCHEMA, "there are no columns in it");
        }
        return new InferredSchema(kept, options, all);
    }

    public List<Field> fields() {
        return columns.stream().map(InferredColumn::field).toList();
    }

    /** The same with more options. */
    public InferredSchema with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(options);
        all.putAll(more);
        return new InferredSchema(columns, all, notes);
    }
}
