package io.laminar.execution.aggregate;

import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.ListBuilder;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import java.util.function.IntToLongFunction;

/** What the collecting aggregates make of values in an order that somebody asked for. */
final class Collected {

    private Collected() {}

    /** All values as an array; NULL for no row. */
    static CollectAccumulator.Finish array(DataType type) {
        return values -> {
            ListBuilder lists = (ListBuilder) ColumnBuilder.of(type, values.count());
            for (int group = 0; group < values.count(); group++) {
                if (values.lengths()[group] == 0) {
                    lists.appendNull();
                    continue;
                }
                for (int i = values.starts()[group]; i < values.end(group); i++) {
                    for (long copy = 0; copy < values.copies()[i]; copy++) {
                        lists.elements().appendFrom(values.arguments()[0], values.rows()[i]);
                    }
                }
                lists.endList();
            }
            return lists.build();
        };
    }

    /** The first value. */
    static CollectAccumulator.Finish first(DataType type) {
        return values -> picked(values, type, group -> 0);
    }

    /** The last value. */
    static CollectAccumulator.Finish last(DataType type) {
        return values -> picked(values, type, group -> values.size(group) - 1);
    }

    /** The value at the position, from 1 on, that the second argument says; NULL if there are fewer. */
    static CollectAccumulator.Finish nth(DataType type) {
        return values -> picked(values, type, group -> nth(values, group));
    }

    private static long nth(OrderedValues values, int group) {
        long position = ((LongColumn) values.arguments()[1]).values()[values.rows()[values.starts()[group]]];
        if (position < 1) {
            throw new LaminarException(
                    ErrorCode.INVALID_ARGUMENT,
                    "nth_value counts from 1, and its second argument is " + position,
                    "the first value is nth_value(x, 1)");
        }
        return position - 1;
    }

    /** Of each group the value at a position; NULL where there is none. */
    private static Column picked(OrderedValues values, DataType type, IntToLongFunction position) {
        ColumnBuilder builder = ColumnBuilder.of(type, values.count());
        for (int group = 0; group < values.count(); group++) {
            long wanted = values.lengths()[group] == 0 ? 0 : position.applyAsLong(group);
            if (wanted < values.size(group)) {
                builder.appendFrom(values.arguments()[0], values.at(group, wanted));
            } else {
                builder.appendNull();
            }
        }
        return builder.build();
    }

    /** The only value; NULL for no row. */
    static CollectAccumulator.Finish single(DataType type) {
        return values -> {
            for (int group = 0; group < values.count(); group++) {
                if (values.size(group) > 1) {
                    throw new LaminarException(
                            ErrorCode.INVALID_ARGUMENT,
                            "a query that stands for one value has more than one row",
                            "aggregate in it, for example with max(...), or use IN");
                }
            }
            return picked(values, type, group -> 0);
        };
    }

    /** All texts, each but the first after its separator. */
    static CollectAccumulator.Finish text() {
        return values -> {
            BytesBuilder builder = new BytesBuilder(values.count());
            BytesColumn texts = (BytesColumn) values.arguments()[0];
            BytesColumn separators = values.arguments().length > 1 ? (BytesColumn) values.arguments()[1] : null;
            for (int group = 0; group < values.count(); group++) {
                if (values.lengths()[group] == 0) {
                    builder.appendNull();
                    continue;
                }
                int length = 0;
                boolean first = true;
                for (int i = values.starts()[group]; i < values.end(group); i++) {
                    int row = values.rows()[i];
                    for (long copy = 0; copy < values.copies()[i]; copy++) {
                        if (!first && separators != null && !separators.isNull(row)) {
                            length = append(builder, separators, row, length);
                        }
                        length = append(builder, texts, row, length);
                        first = false;
                    }
                }
                builder.commit(length);
            }
            return builder.build();
        };
    }

    /** Adds bytes to the open value, of which {@code length} bytes are there; returns the new length. */
    private static int append(BytesBuilder builder, BytesColumn source, int row, int length) {
        int added = source.lengths()[row];
        int start = builder.reserve(length + added);
        System.arraycopy(source.arena(), source.starts()[row], builder.arena(), start + length, added);
        return length + added;
    }
}
