package io.laminar.execution.aggregate;

import org.jspecify.annotations.Nullable;

/** Those of some rows, with their groups, that count. */
record Present(int[] rows, int[] groups, int count) {

    /** Leaves out rows that are null. */
    static Present of(boolean @Nullable [] nulls, int[] rows, int[] groups, int count) {
        if (nulls == null) {
            return new Present(rows, groups, count);
        }
        int[] keptRows = new int[count];
        int[] keptGroups = new int[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            keptRows[kept] = rows[i];
            keptGroups[kept] = groups[i];
            kept += nulls[rows[i]] ? 0 : 1;
        }
        return new Present(keptRows, keptGroups, kept);
    }

    /** Keeps only rows that are true. */
    static Present where(boolean[] values, boolean @Nullable [] nulls, int[] rows, int[] groups, int count) {
        int[] keptRows = new int[count];
        int[] keptGroups = new int[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            keptRows[kept] = row;
            keptGroups[kept] = groups[i];
            kept += values[row] && (nulls == null || !nulls[row]) ? 1 : 0;
        }
        return new Present(keptRows, keptGroups, kept);
    }
}
