package io.laminar.execution.aggregate;

import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.user.UserAggregateCalls;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states of a user's aggregate that can be merged; saved as Java writes objects. */
final class UserStates implements ObjectStates<Object> {
    private final UserAggregateCalls calls;
    private final int[] arguments;
    private final DataType type;

    UserStates(UserAggregateCalls calls, List<Integer> arguments, DataType type) {
        this.calls = calls;
        this.arguments = arguments.stream().mapToInt(Integer::intValue).toArray();
        this.type = type;
    }

    @Override
    public Object create() {
        return calls.create();
    }

    private Column[] columns(Batch batch) {
        Column[] columns = new Column[arguments.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(arguments[i]);
        }
        return columns;
    }

    @Override
    public void addAll(@Nullable Object[] states, Batch batch, int[] rows, int[] groups, int count) {
        Column[] columns = columns(batch);
        for (int i = 0; i < count; i++) {
            if (calls.counts(columns, rows[i])) {
                calls.accumulate(states[groups[i]], columns, rows[i]);
            }
        }
    }

    @Override
    public void removeAll(@Nullable Object[] states, Batch batch, int[] rows, int[] groups, int count) {
        Column[] columns = columns(batch);
        for (int i = 0; i < count; i++) {
            if (calls.counts(columns, rows[i])) {
                calls.retract(states[groups[i]], columns, rows[i]);
            }
        }
    }

    @Override
    public void merge(Object into, Object other) {
        calls.merge(into, other);
    }

    @Override
    public byte[] write(Object state) {
        return calls.write(state);
    }

    @Override
    public Object read(byte[] bytes) {
        return calls.read(bytes);
    }

    @Override
    public Column results(@Nullable Object[] states, int[] groups, int count) {
        ColumnBuilder builder = ColumnBuilder.of(type, count);
        for (int i = 0; i < count; i++) {
            Object state = states[groups[i]];
            Values.append(type, builder, calls.result(state == null ? calls.create() : state));
        }
        return builder.build();
    }

    /** What the state is when it is written; nobody knows what else the user's object holds on to. */
    @Override
    public long bytes(Object state) {
        return 2 * HeapSize.HEADER + (long) write(state).length;
    }
}
