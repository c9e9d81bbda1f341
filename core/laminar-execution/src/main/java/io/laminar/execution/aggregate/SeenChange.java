package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Batch;

/** At which positions of a change a value was new, or went, and for which calls: a bit each. Used again and again. */
final class SeenChange {
    int[] positions = new int[Batch.TARGET_ROWS];
    int[] calls = new int[Batch.TARGET_ROWS];
    int count;

    void begin(int limit) {
        count = 0;
        if (positions.length < limit) {
            positions = new int[limit];
            calls = new int[limit];
        }
    }

    void add(int position, int bits) {
        positions[count] = position;
        calls[count++] = bits;
    }
}
