package io.laminar.sql.function;

import io.laminar.spi.error.Place;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.Operand;
import java.util.List;

/** {@code MATCH_CONDITION} of an ASOF join as a term of the join's condition. The operand is the comparison. */
public final class MatchOperator extends LaminarOperator {
    private final Place.Sql place;

    public MatchOperator(Place.Sql place) {
        super("match_condition");
        this.place = place;
    }

    /** Where the comparison stands. */
    public Place.Sql place() {
        return place;
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(Scalar.BOOLEAN, false);
    }
}
