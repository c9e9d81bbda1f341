package io.laminar.sql.function;

import io.laminar.spi.type.DataType;
import io.laminar.sql.type.Operand;
import java.util.List;

/** A literal that Calcite would read with its own rules: intervals, dates and times in microseconds. */
public final class ConstantOperator extends LaminarOperator {
    private final DataType type;
    private final Object value;

    public ConstantOperator(DataType type, Object value) {
        super(type.sql() + " " + value);
        this.type = type;
        this.value = value;
    }

    public DataType dataType() {
        return type;
    }

    /** In the form of {@link io.laminar.spi.batch.Values}. */
    public Object value() {
        return value;
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(type, false);
    }
}
