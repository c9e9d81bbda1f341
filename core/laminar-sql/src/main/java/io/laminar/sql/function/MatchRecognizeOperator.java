package io.laminar.sql.function;

import io.laminar.sql.type.Operand;
import java.util.List;

/**
 * Stands around the first column that MATCH_RECOGNIZE gives out. Its operands are that column, then what decides about
 * matches: the columns of PARTITION BY, those of ORDER BY, and the conditions of DEFINE. So the whole clause is a SELECT to
 * Calcite.
 */
public final class MatchRecognizeOperator extends LaminarOperator {
    private final MatchSpec spec;

    public MatchRecognizeOperator(MatchSpec spec) {
        super("match_recognize " + spec);
        this.spec = spec;
    }

    public MatchSpec spec() {
        return spec;
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(operands.get(0).type(), nullable.get(0));
    }
}
