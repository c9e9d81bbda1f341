package io.laminar.execution.aggregate;

import io.laminar.execution.user.UserAggregateCalls;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user's aggregate makes of all values of a group. */
final class UserCollected {

    private UserCollected() {}

    /** {@code eval} over a list per argument. */
    static CollectAccumulator.Finish lists(UserAggregateCalls calls, DataType type) {
        return values -> {
            ColumnBuilder builder = ColumnBuilder.of(type, values.count());
            for (int group = 0; group < values.count(); group++) {
                Values.append(type, builder, calls.eval(lists(calls, values, group)));
            }
            return builder.build();
        };
    }

    private static List<?>[] lists(UserAggregateCalls calls, OrderedValues values, int group) {
        Column[] arguments = values.arguments();
        List<?>[] lists = new List<?>[arguments.length];
        for (int a = 0; a < arguments.length; a++) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = values.starts()[group]; i < values.end(group); i++) {
                int row = values.rows()[i];
                for (long copy = 0; copy < values.copies()[i] && calls.counts(arguments, row); copy++) {
                    list.add(calls.element(a, arguments[a], row));
                }
            }
            lists[a] = list;
        }
        return lists;
    }

    /** {@code accumulate} for every value, where a state cannot be merged or cannot take values back. */
    static CollectAccumulator.Finish replayed(UserAggregateCalls calls, DataType type) {
        return values -> {
            ColumnBuilder builder = ColumnBuilder.of(type, values.count());
            for (int group = 0; group < values.count(); group++) {
                Object state = calls.create();
                for (int i = values.starts()[group]; i < values.end(group); i++) {
                    int row = values.rows()[i];
                    for (long copy = 0; copy < values.copies()[i] && calls.counts(values.arguments(), row); copy++) {
                        calls.accumulate(state, values.arguments(), row);
                    }
                }
                Values.append(type, builder, calls.result(state));
            }
            return builder.build();
        };
    }
}
