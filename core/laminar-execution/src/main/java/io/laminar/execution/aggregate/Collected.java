package io.laminar.execution.aggregate;

import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.ListBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;

/** What the collecting aggregates make of ordered values. */
final class Collected {

    private Collected() {}

    /** All values as an array; NULL for no row. */
    static CollectAccumulator.Finish array(DataType type) {
        return (arguments, ordered, starts, lengths, count) -> {
            ListBuilder lists = (ListBuilder) ColumnBuilder.of(type, count);
            for (int i = 0; i < count; i++) {
                if (lengths[i] == 0) {
                    lists.appendNull();
                    continue;
                }
                for (int e = starts[i]; e < starts[i] + lengths[i]; e++) {
                    lists.elements().appendFrom(arguments[0], ordered[e]);
                }
                lists.endList();
            }
            return lists.build();
        };
    }

    /** The first or the last value. */
    static CollectAccumulator.Finish edge(DataType type, boolean last) {
        return (arguments, ordered, starts, lengths, count) -> {
            ColumnBuilder builder = ColumnBuilder.of(type, count);
            for (int i = 0; i < count; i++) {
                if (lengths[i] == 0) {
                    builder.appendNull();
                } else {
                    builder.appendFrom(arguments[0], ordered[last ? starts[i] + lengths[i] - 1 : starts[i]]);
                }
            }
            return builder.build();
        };
    }

    /** The only value; NULL for no row. */
    static CollectAccumulator.Finish single(DataType type) {
        CollectAccumulator.Finish first = edge(type, false);
        return (arguments, ordered, starts, lengths, count) -> {
            for (int i = 0; i < count; i++) {
                if (lengths[i] > 1) {
                    throw new LaminarException(
                            ErrorCode.INVALID_ARGUMENT,
                            "a query that stands for one value has more than one row",
                            "aggregate in it, for example with max(...), or use IN");
                }
            }
            return first.results(arguments, ordered, starts, lengths, count);
        };
    }

    /** All texts, each but the first after its separator. */
    static CollectAccumulator.Finish text() {
        return (arguments, ordered, starts, lengths, count) -> {
            BytesBuilder builder = new BytesBuilder(count);
            BytesColumn texts = (BytesColumn) arguments[0];
            Column separators = arguments.length > 1 ? arguments[1] : null;
            for (int i = 0; i < count; i++) {
                if (lengths[i] == 0) {
                    builder.appendNull();
                    continue;
                }
                int length = 0;
                for (int e = starts[i]; e < starts[i] + lengths[i]; e++) {
                    if (e > starts[i] && separators != null && !separators.isNull(ordered[e])) {
                        length = append(builder, (BytesColumn) separators, ordered[e], length);
                    }
                    length = append(builder, texts, ordered[e], length);
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
