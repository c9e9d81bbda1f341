package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;

/** {@code bit_and}, {@code bit_or} and {@code bit_xor} over input that only appends. */
final class BitAccumulator implements Accumulator {
    private final int argument;
    private final BitOperation operation;
    private long[] words = new long[0];
    private boolean[] present = new boolean[0];

    BitAccumulator(int argument, BitOperation operation) {
        this.argument = argument;
        this.operation = operation;
    }

    @Override
    public void reserve(int groups) {
        int before = words.length;
        if (before < groups) {
            words = Arrays.copyOf(words, Capacity.grown(groups));
            Arrays.fill(words, before, words.length, operation.start());
            present = Arrays.copyOf(present, words.length);
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        add(((LongColumn) batch.column(argument)).values(), rows, groups, count);
    }

    private void add(long[] values, int[] rows, int[] groups, int count) {
        switch (operation) {
            case AND -> {
                for (int i = 0; i < count; i++) {
                    words[groups[i]] &= values[rows[i]];
                }
            }
            case OR -> {
                for (int i = 0; i < count; i++) {
                    words[groups[i]] |= values[rows[i]];
                }
            }
            case XOR -> {
                for (int i = 0; i < count; i++) {
                    words[groups[i]] ^= values[rows[i]];
                }
            }
        }
        for (int i = 0; i < count; i++) {
            present[groups[i]] = true;
        }
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        throw new UnsupportedOperationException("where rows are taken back bits are counted");
    }

    @Override
    public Column result(int[] groups, int count) {
        long[] values = new long[count];
        boolean[] nulls = null;
        for (int i = 0; i < count; i++) {
            values[i] = words[groups[i]];
            if (!present[groups[i]]) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            }
        }
        return new LongColumn(values, nulls, count);
    }

    @Override
    public int stateWidth() {
        return 1;
    }

    @Override
    public Column[] state(int[] groups, int count) {
        return new Column[] {result(groups, count)};
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        Present some = Present.of(state[0].nulls(), rows, groups, count);
        add(((LongColumn) state[0]).values(), some.rows(), some.groups(), some.count());
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            words[groups[i]] = operation.start();
            present[groups[i]] = false;
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(words, 0, limit, operation.start());
        Arrays.fill(present, 0, limit, false);
    }

    @Override
    public long bytes() {
        return HeapSize.of(words) + HeapSize.of(present);
    }
}
