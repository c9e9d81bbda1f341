package io.laminar.execution.operator;

import io.laminar.execution.key.RowPicker;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.Schema;

/** Updates that change nothing: where columns are left out, the two halves of an update can become equal. */
final class UpdatePairs {

    private UpdatePairs() {}

    /** The batch without pairs of -U and +U that are neighbours and equal, event time included. */
    static Batch withoutRedundant(Batch batch, Schema schema) {
        byte[] kinds = batch.kinds();
        if (kinds == null) {
            return batch;
        }
        int size = batch.size();
        int[] befores = new int[size];
        int[] afters = new int[size];
        int pairs = 0;
        for (int i = 0; i + 1 < size; i++) {
            if (kinds[i] == RowKind.UPDATE_BEFORE && kinds[i + 1] == RowKind.UPDATE_AFTER) {
                befores[pairs] = i;
                afters[pairs++] = i + 1;
                i++;
            }
        }
        if (pairs == 0) {
            return batch;
        }
        boolean[] differs = new boolean[pairs];
        for (int p = 0; p < pairs; p++) {
            differs[p] = batch.rowtime()[befores[p]] != batch.rowtime()[afters[p]];
        }
        for (int c = 0; c < schema.size() && anySame(differs); c++) {
            RowPicker.compare(
                    batch.column(c).gather(befores, pairs), batch.column(c).gather(afters, pairs), pairs, differs);
        }
        return anySame(differs) ? without(batch, befores, differs) : batch;
    }

    private static boolean anySame(boolean[] differs) {
        for (boolean different : differs) {
            if (!different) {
                return true;
            }
        }
        return false;
    }

    private static Batch without(Batch batch, int[] befores, boolean[] differs) {
        int[] kept = new int[batch.size()];
        int count = 0;
        int pair = 0;
        for (int i = 0; i < batch.size(); i++) {
            if (pair < differs.length && befores[pair] == i) {
                boolean redundant = !differs[pair++];
                if (redundant) {
                    i++;
                    continue;
                }
            }
            kept[count++] = i;
        }
        return batch.gather(kept, count);
    }
}
