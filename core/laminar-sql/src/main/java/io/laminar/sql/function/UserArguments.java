package io.laminar.sql.function;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.TypeWidening;
import io.laminar.sql.type.Operand;
import io.laminar.sql.type.TemporalLiteral;
import java.util.List;
import java.util.stream.Collectors;

/** Holds the arguments of a call against the parameters of a user function. */
public final class UserArguments {

    private UserArguments() {}

    /**
     * The types to cast the arguments to.
     *
     * @throws LaminarException WRONG_ARGUMENTS; INVALID_LITERAL
     */
    public static List<DataType> check(UserFunction function, List<Operand> operands) {
        List<DataType> parameters =
                function.parameters().stream().map(UserFunction.Parameter::type).toList();
        boolean fit = parameters.size() == operands.size();
        for (int i = 0; fit && i < parameters.size(); i++) {
            Operand operand = operands.get(i);
            String text = operand.text();
            boolean isLiteral = text != null && TemporalLiteral.reads(parameters.get(i));
            if (text != null && isLiteral) {
                TemporalLiteral.parse(parameters.get(i), text);
            }
            fit = isLiteral
                    || TypeWidening.cost(operand.type(), parameters.get(i)).isPresent();
        }
        if (!fit) {
            String types = operands.stream().map(o -> o.type().sql()).collect(Collectors.joining(", ", "(", ")"));
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    function.name() + " does not take " + (operands.isEmpty() ? "no arguments" : types),
                    "it is " + function.signature() + "; a CAST makes an argument fit");
        }
        return parameters;
    }
}
