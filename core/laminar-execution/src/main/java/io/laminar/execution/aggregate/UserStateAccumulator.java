package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.user.UserAggregateCalls;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's aggregate with a state of its own, which can be merged: an object per group. */
final class UserStateAccumulator implements Accumulator {
    private final UserAggregateCalls calls;
    private final int[] arguments;
    private final DataType type;
    private @Nullable Object[] states = new Object[0];

    UserStateAccumulator(UserAggregateCalls calls, List<Integer> arguments, DataType type) {
        this.calls = calls;
        this.arguments = arguments.stream().mapToInt(Integer::intValue).toArray();
        this.type = type;
    }

    @Override
    public void reserve(int groups) {
        if (states.length < groups) {
            states = Arrays.copyOf(states, Capacity.grown(groups));
        }
    }

    private Object state(int group) {
        Object state = states[group];
        if (state == null) {
            state = calls.create();
            states[group] = state;
        }
        return state;
    }

    private Column[] columns(Batch batch) {
        Column[] columns = new Column[arguments.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(arguments[i]);
        }
        return columns;
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        Column[] columns = columns(batch);
        for (int i = 0; i < count; i++) {
            if (calls.counts(columns, rows[i])) {
                calls.accumulate(state(groups[i]), columns, rows[i]);
            }
        }
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        Column[] columns = columns(batch);
        for (int i = 0; i < count; i++) {
            if (calls.counts(columns, rows[i])) {
                calls.retract(state(groups[i]), columns, rows[i]);
            }
        }
    }

    @Override
    public Column result(int[] groups, int count) {
        ColumnBuilder builder = ColumnBuilder.of(type, count);
        for (int i = 0; i < count; i++) {
            Object state = states[groups[i]];
            Values.append(type, builder, calls.result(state == null ? calls.create() : state));
        }
        return builder.build();
    }

    @Override
    public int stateWidth() {
        return 1;
    }

    /** The states as Java writes objects; NULL where there is none. */
    @Override
    public Column[] state(int[] groups, int count) {
        BytesBuilder builder = new BytesBuilder(count);
        for (int i = 0; i < count; i++) {
            Object state = states[groups[i]];
            if (state == null) {
                builder.appendNull();
            } else {
                byte[] bytes = calls.write(state);
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
                calls.merge(state(groups[i]), calls.read(saved.value(rows[i])));
            }
        }
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        UserStateAccumulator other = (UserStateAccumulator) source;
        for (int i = 0; i < count; i++) {
            Object state = other.states[sourceGroups[i]];
            if (state != null) {
                calls.merge(state(groups[i]), state);
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
}
