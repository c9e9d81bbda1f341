package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import org.jspecify.annotations.Nullable;

/**
 * A column as the query sees it.
 *
 * @param physical its position in the node's schema, or {@link #NONE} for a window that is not assigned yet
 * @param mark what it means in time, if anything
 */
record LogicalColumn(
        String name,
        DataType type,
        boolean nullable,
        int physical,
        @Nullable Mark mark) {
    static final int NONE = -1;

    boolean isPending() {
        return physical == NONE;
    }

    Expression input() {
        return new Expression.Input(physical, type, nullable);
    }

    Field field() {
        return new Field(name, type, nullable);
    }

    LogicalColumn at(int position) {
        return new LogicalColumn(name, type, nullable, position, mark);
    }

    LogicalColumn named(String other) {
        return new LogicalColumn(other, type, nullable, physical, mark);
    }

    /** The window or part of it that the column holds; null for other columns. */
    Mark.@Nullable Window window() {
        return mark instanceof Mark.Window window ? window : null;
    }
}
