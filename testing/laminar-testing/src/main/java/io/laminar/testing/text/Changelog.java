package io.laminar.testing.text;

import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Folds changes to the rows that are left, by primary key or, without one, by whole row. Changes that contradict the
 * rows so far are collected: a duplicate insert, an update or delete of a row that is not there, or that looks different.
 */
public final class Changelog {

    private final Schema schema;
    private final List<Integer> key;
    private final TreeMap<String, String> byKey = new TreeMap<>();
    private final TreeMap<String, Integer> byRow = new TreeMap<>();
    private final Map<String, TextRow> values = new HashMap<>();
    private final List<String> contradictions = new ArrayList<>();

    /** @param key positions of the key columns; empty to fold by whole row */
    public Changelog(Schema schema, List<Integer> key) {
        this.schema = schema;
        this.key = List.copyOf(key);
    }

    public void apply(TextRow change) {
        values.put(change.text(schema), change);
        if (key.isEmpty()) {
            applyToRows(change);
        } else {
            applyToKeys(change);
        }
    }

    private void applyToRows(TextRow change) {
        int step = RowKind.isRetraction(change.kind()) ? -1 : 1;
        String row = change.text(schema);
        int count = byRow.merge(row, step, Integer::sum);
        if (count < 0) {
            contradictions.add(change.change(schema) + " takes back a row that is not there");
        }
        if (count <= 0) {
            byRow.remove(row);
        }
    }

    private void applyToKeys(TextRow change) {
        String id = new TextRow(
                        RowKind.INSERT, key.stream().map(change.values()::get).toList())
                .text(schema.select(key));
        String row = change.text(schema);
        String before = byKey.get(id);
        switch (change.kind()) {
            case RowKind.INSERT -> {
                if (before != null) {
                    contradictions.add(change.change(schema) + " inserts a key that is there: " + before);
                }
                byKey.put(id, row);
            }
            case RowKind.UPDATE_AFTER -> byKey.put(id, row);
            case RowKind.UPDATE_BEFORE -> {
                if (!row.equals(before)) {
                    contradictions.add(change.change(schema) + " takes back a row that is not there; it is " + before);
                }
            }
            default -> {
                if (before == null) {
                    contradictions.add(change.change(schema) + " deletes a key that is not there");
                }
                byKey.remove(id);
            }
        }
    }

    /** What contradicts the rows so far, in order; empty for a sound changelog. */
    public List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    /** The rows that are left, with their values. */
    public List<TextRow> finalRows() {
        List<TextRow> left = new ArrayList<>();
        for (String row : rows()) {
            TextRow found = values.get(row);
            if (found != null) {
                left.add(found);
            }
        }
        return left;
    }

    /** The rows that are left in canonical form, sorted as text. */
    public List<String> rows() {
        List<String> rows = new ArrayList<>(byKey.values());
        for (Map.Entry<String, Integer> entry : byRow.entrySet()) {
            for (int i = 0; i < entry.getValue(); i++) {
                rows.add(entry.getKey());
            }
        }
        rows.sort(null);
        return rows;
    }
}
