package io.laminar.sql.function;

import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.Operand;
import java.util.List;

/** A term of a LEFT join's condition that makes it a SEMI or ANTI join: only whether there is a match is asked. */
public final class ExistenceOperator extends LaminarOperator {
    private final boolean exists;

    /** @param exists whether rows with a match are wanted, otherwise those without */
    public ExistenceOperator(boolean exists) {
        super(exists ? "semi_join" : "anti_join");
        this.exists = exists;
    }

    public boolean exists() {
        return exists;
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(Scalar.BOOLEAN, false);
    }
}
