package io.laminar.sql.function;

import io.laminar.spi.function.UserFunction;
import io.laminar.sql.type.Operand;
import java.util.List;

/** A function that a user declared and that is no aggregate. */
public final class UserOperator extends LaminarOperator {
    private final UserFunction function;

    public UserOperator(UserFunction function) {
        super(function.name());
        this.function = function;
    }

    public UserFunction function() {
        return function;
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        UserArguments.check(function, operands);
        return new Typed(function.callType(), true);
    }
}
