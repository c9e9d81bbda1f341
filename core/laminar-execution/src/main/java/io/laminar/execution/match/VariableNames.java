package io.laminar.execution.match;

import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names of variables as text columns. */
final class VariableNames {
    private final byte[] arena;
    private final int[] starts;
    private final int[] lengths;

    VariableNames(List<String> names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        starts = new int[names.size()];
        lengths = new int[names.size()];
        for (int v = 0; v < starts.length; v++) {
            byte[] name = names.get(v).getBytes(StandardCharsets.UTF_8);
            starts[v] = bytes.size();
            lengths[v] = name.length;
            bytes.writeBytes(name);
        }
        arena = bytes.toByteArray();
    }

    /** The names of variables; null where the number is negative. */
    Column column(int[] variables, int count) {
        int[] from = new int[count];
        int[] length = new int[count];
        boolean[] nulls = null;
        for (int i = 0; i < count; i++) {
            if (variables[i] < 0) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            } else {
                from[i] = starts[variables[i]];
                length[i] = lengths[variables[i]];
            }
        }
        return new BytesColumn(arena, from, length, nulls, count);
    }
}
