package io.laminar.sql.function;

import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.Operand;
import java.util.List;

/** {@code row_time()}: the event time of the row. */
public final class RowTimeOperator extends LaminarOperator {
    public static final RowTimeOperator INSTANCE = new RowTimeOperator();

    private RowTimeOperator() {
        super("row_time");
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(Scalar.TIMESTAMP, false);
    }
}
