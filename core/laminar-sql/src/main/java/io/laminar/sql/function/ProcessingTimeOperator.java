package io.laminar.sql.function;

import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.Operand;
import java.util.List;

/** {@code PROCTIME()}: the machine's clock when the row is processed. */
public final class ProcessingTimeOperator extends LaminarOperator {
    public static final ProcessingTimeOperator INSTANCE = new ProcessingTimeOperator();

    private ProcessingTimeOperator() {
        super("proctime");
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(Scalar.TIMESTAMP, true);
    }
}
