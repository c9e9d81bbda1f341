package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Approximate aggregates: a sketch per group, made when the group gets its first value. A sketch cannot take values
 * back.
 */
final class SketchAccumulator<S> implements Accumulator {
    private final Sketch<S> kind;
    private @Nullable S[] sketches;

    /** @param none an empty array */
    SketchAccumulator(Sketch<S> kind, @Nullable S[] none) {
        this.kind = kind;
        this.sketches = none;
    }

    @Override
    public void reserve(int groups) {
        if (sketches.length < groups) {
            sketches = Arrays.copyOf(sketches, Capacity.grown(groups));
        }
    }

    private S sketch(int group) {
        S sketch = sketches[group];
        if (sketch == null) {
            sketch = kind.create();
            sketches[group] = sketch;
        }
        return sketch;
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            sketch(groups[i]);
        }
        kind.addAll(sketches, batch, rows, groups, count);
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        throw new UnsupportedOperationException("a sketch cannot take values back");
    }

    @Override
    public Column result(int[] groups, int count) {
        return kind.results(sketches, groups, count);
    }

    @Override
    public int stateWidth() {
        return 1;
    }

    /** The bytes of the sketches; NULL where there is none. */
    @Override
    public Column[] state(int[] groups, int count) {
        BytesBuilder builder = new BytesBuilder(count);
        for (int i = 0; i < count; i++) {
            S sketch = sketches[groups[i]];
            if (sketch == null) {
                builder.appendNull();
            } else {
                byte[] bytes = kind.write(sketch);
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
                kind.merge(sketch(groups[i]), kind.read(saved.value(rows[i])));
            }
        }
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        // Sound because only accumulators of the same call are merged.
        @SuppressWarnings("unchecked")
        SketchAccumulator<S> other = (SketchAccumulator<S>) source;
        for (int i = 0; i < count; i++) {
            S sketch = other.sketches[sourceGroups[i]];
            if (sketch != null) {
                kind.merge(sketch(groups[i]), sketch);
            }
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            sketches[groups[i]] = null;
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(sketches, 0, limit, null);
    }
}
