package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Aggregates whose state is an object per group, made when the group gets its first value: states, users' states. */
final class ObjectAccumulator<S> implements Accumulator {
    private final ObjectStates<S> kind;
    private @Nullable S[] states;

    /** @param none an empty array */
    ObjectAccumulator(ObjectStates<S> kind, @Nullable S[] none) {
        this.kind = kind;
        this.states = none;
    }

    @Override
    public void reserve(int groups) {
        if (states.length < groups) {
            states = Arrays.copyOf(states, Capacity.grown(groups));
        }
    }

    private S state(int group) {
        S state = states[group];
        if (state == null) {
            state = kind.create();
            states[group] = state;
        }
        return state;
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            state(groups[i]);
        }
        kind.addAll(states, batch, rows, groups, count);
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            state(groups[i]);
        }
        kind.removeAll(states, batch, rows, groups, count);
    }

    @Override
    public Column result(int[] groups, int count) {
        return kind.results(states, groups, count);
    }

    @Override
    public int stateWidth() {
        return 1;
    }

    /** The bytes of the states; NULL where there is none. */
    @Override
    public Column[] state(int[] groups, int count) {
        BytesBuilder builder = new BytesBuilder(count);
        for (int i = 0; i < count; i++) {
            S state = states[groups[i]];
            if (state == null) {
                builder.appendNull();
            } else {
                byte[] bytes = kind.write(state);
                builder.append(bytes, 0, bytes.length);
            }
        }
        return new Column[] {builder.build()};
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        BytesColumn saved = (BytesColumn) state[0];
        for (int i = 0; i < count; i++) {
            if (!saved.isNull(rows[i])) {
                kind.merge(state(groups[i]), kind.read(saved.value(rows[i])));
            }
        }
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        // Sound because only accumulators of the same call are merged.
        @SuppressWarnings("unchecked")
        ObjectAccumulator<S> other = (ObjectAccumulator<S>) source;
        for (int i = 0; i < count; i++) {
            S state = other.states[sourceGroups[i]];
            if (state != null) {
                kind.merge(state(groups[i]), state);
            }
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            states[groups[i]] = null;
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(states, 0, limit, null);
    }

    @Override
    public long bytes() {
        return HeapSize.of(states, kind::bytes);
    }
}
