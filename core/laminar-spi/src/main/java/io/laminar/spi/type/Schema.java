package io.laminar.spi.type;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The columns of a stream in order. The hidden columns (rowtime, row kind) are not part of it. */
public record Schema(List<Field> fields) implements Serializable {
    public Schema {
        fields = List.copyOf(fields);
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    public int size() {
        return fields.size();
    }

    public Field field(int index) {
        return fields.get(index);
    }

    public DataType type(int index) {
        return fields.get(index).type();
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** The position of a column by its name, ignoring case; an exact match wins; -1 if there is none. */
    public int indexOf(String name) {
        int found = -1;
        for (int i = 0; i < fields.size(); i++) {
            String candidate = fields.get(i).name();
            if (candidate.equals(name)) {
                return i;
            }
            if (found < 0 && candidate.equalsIgnoreCase(name)) {
                found = i;
            }
        }
        return found;
    }

    /** The columns at the given positions, in that order. */
    public Schema select(List<Integer> positions) {
        List<Field> selected = new ArrayList<>(positions.size());
        for (int position : positions) {
            selected.add(fields.get(position));
        }
        return new Schema(selected);
    }
}
