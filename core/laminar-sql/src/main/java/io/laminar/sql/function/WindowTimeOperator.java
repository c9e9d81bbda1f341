package io.laminar.sql.function;

import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.Operand;
import java.util.List;

/** The event time of a window's result rows: its end less one microsecond. The operand is a {@link WindowOperator}. */
public final class WindowTimeOperator extends LaminarOperator {
    public static final WindowTimeOperator INSTANCE = new WindowTimeOperator();

    private WindowTimeOperator() {
        super("window_time");
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(Scalar.TIMESTAMP, true);
    }
}
