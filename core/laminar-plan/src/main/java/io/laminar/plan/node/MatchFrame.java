package io.laminar.plan.node;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Expressions over values read from matched rows.
 *
 * @param values what the expressions see as input columns
 */
public record MatchFrame(List<MatchValue> values, List<Expression> expressions) implements Serializable {
    public MatchFrame {
        values = List.copyOf(values);
        expressions = List.copyOf(expressions);
    }

    /** The values as columns. */
    public Schema schema() {
        List<Field> fields = new ArrayList<>(values.size());
        for (MatchValue value : values) {
            fields.add(new Field("v" + fields.size(), value.type(), value.nullable()));
        }
        return new Schema(fields);
    }

    /** How far values look forwards behind the current row, in rows. */
    public int ahead() {
        return values.stream().mapToInt(MatchFrame::ahead).max().orElse(0);
    }

    private static int ahead(MatchValue value) {
        if (!(value instanceof MatchValue.Navigation to)) {
            return 0;
        }
        // A row found from the last one backwards is so many rows before the current one at least.
        return Math.max(0, to.first() ? to.shift() : to.shift() - to.offset());
    }

    /** How far values look backwards before the first row of the match, in rows. */
    public int back() {
        return values.stream()
                .mapToInt(value -> value instanceof MatchValue.Navigation to ? Math.max(0, -to.shift()) : 0)
                .max()
                .orElse(0);
    }
}
