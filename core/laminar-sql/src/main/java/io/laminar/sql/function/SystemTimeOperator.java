package io.laminar.sql.function;

import io.laminar.spi.error.Place;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.Operand;
import java.util.List;

/**
 * {@code FOR SYSTEM_TIME AS OF time} as a term of a join's condition, where all columns of the join are known. The
 * operand is the time.
 */
public final class SystemTimeOperator extends LaminarOperator {
    private final Place.Sql place;

    public SystemTimeOperator(Place.Sql place) {
        super("system_time_as_of");
        this.place = place;
    }

    /** Where the clause stands. */
    public Place.Sql place() {
        return place;
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(Scalar.BOOLEAN, false);
    }
}
