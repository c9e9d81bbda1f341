package io.laminar.plan.node;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.io.Serializable;
import java.util.List;

/**
 * Something a condition or a measure reads of the rows matched so far. Sets of variables are bits by their number; rows of
 * a set are those matched to one of its variables.
 */
public sealed interface MatchValue extends Serializable {
    /** All variables. */
    long ALL = -1L;

    DataType type();

    boolean nullable();

    /**
     * A value of one row: go to the first or last row of a set, from there {@code offset} rows of the set inwards, and
     * from there {@code shift} rows of the partition forwards (or backwards, if negative). NULL if there is no such row.
     *
     * @param column an input column, or one of {@link #EXISTS}, {@link #ROWTIME}, {@link #CLASSIFIER}
     * @param first whether it starts at the first row and not at the last
     * @param whole whether all rows of the match count, and not only those up to the current one
     */
    record Navigation(int column, long variables, boolean first, int offset, int shift, boolean whole, DataType type)
            implements MatchValue {
        /** Whether there is such a row; never NULL. */
        public static final int EXISTS = -1;
        /** Its event time. */
        public static final int ROWTIME = -2;
        /** The name of the variable it is matched to. */
        public static final int CLASSIFIER = -3;

        @Override
        public boolean nullable() {
            return column != EXISTS;
        }
    }

    /** A column of the row that is given out; of the row where the match starts if there is one row per match. */
    record OwnColumn(int column, DataType type, boolean nullable) implements MatchValue {}

    /**
     * An aggregate over the rows of a set.
     *
     * @param arguments over the input's columns, followed by the name of the row's variable (TEXT)
     * @param whole as in {@link Navigation}
     */
    record Aggregate(
            String function,
            List<Expression> arguments,
            boolean distinct,
            long variables,
            boolean whole,
            DataType type,
            boolean nullable)
            implements MatchValue {
        public Aggregate {
            arguments = List.copyOf(arguments);
        }
    }

    /** The number of the match in its partition, from 1. */
    record MatchNumber() implements MatchValue {
        @Override
        public DataType type() {
            return Scalar.BIGINT;
        }

        @Override
        public boolean nullable() {
            return false;
        }
    }
}
