package io.laminar.sql.function;

import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.Operand;
import java.util.List;

/** An operator that has a meaning in the conditions and measures of MATCH_RECOGNIZE only. */
public abstract sealed class PatternOperator extends LaminarOperator {

    private PatternOperator(String name) {
        super(name);
    }

    /** The rows that an operator looks at; see {@link io.laminar.plan.node.MatchValue}. */
    public record Rows(long variables, boolean whole) {}

    /** Its operand at one row of the match, or of the partition. NULL if there is no such row. */
    public static final class Navigation extends PatternOperator {
        /** Where to go; see {@link io.laminar.plan.node.MatchValue.Navigation}. */
        public record Way(Rows rows, boolean first, int offset, int shift) {}

        private final Way way;

        public Navigation(Way way) {
            super("navigation " + way);
            this.way = way;
        }

        public Way way() {
            return way;
        }

        @Override
        protected Typed type(List<Operand> operands, List<Boolean> nullable) {
            return new Typed(operands.get(0).type(), true);
        }
    }

    /** An aggregate over rows of the match. */
    public static final class Aggregate extends PatternOperator {
        private final FunctionDeclaration declaration;
        private final Rows rows;
        private final boolean distinct;

        public Aggregate(FunctionDeclaration declaration, Rows rows, boolean distinct) {
            super(declaration.name() + (distinct ? " distinct " : " ") + rows);
            this.declaration = declaration;
            this.rows = rows;
            this.distinct = distinct;
        }

        public FunctionDeclaration declaration() {
            return declaration;
        }

        public Rows rows() {
            return rows;
        }

        public boolean distinct() {
            return distinct;
        }

        /** Whether it is count, of all rows or of values. */
        public boolean counts() {
            return declaration.name().equals("count");
        }

        @Override
        protected Typed type(List<Operand> operands, List<Boolean> nullable) {
            return counts()
                    ? new Typed(Scalar.BIGINT, false)
                    : new Typed(
                            OverloadResolution.resolve(declaration, operands).result(), true);
        }
    }

    /** CLASSIFIER(): the name of the variable that a row is matched to. */
    public static final class Classifier extends PatternOperator {
        public static final Classifier INSTANCE = new Classifier();

        private Classifier() {
            super("classifier");
        }

        @Override
        protected Typed type(List<Operand> operands, List<Boolean> nullable) {
            return new Typed(Scalar.TEXT, true);
        }
    }

    /** MATCH_NUMBER(): the number of the match in its partition. */
    public static final class MatchNumber extends PatternOperator {
        public static final MatchNumber INSTANCE = new MatchNumber();

        private MatchNumber() {
            super("match_number");
        }

        @Override
        protected Typed type(List<Operand> operands, List<Boolean> nullable) {
            return new Typed(Scalar.BIGINT, false);
        }
    }
}
