package io.laminar.sql.function;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.Signature;
import io.laminar.spi.function.SignatureMatch;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.Operand;
import io.laminar.sql.type.TemporalLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses the overload of a function that fits its arguments best. */
public final class OverloadResolution {

    private OverloadResolution() {}

    /**
     * The overload with the least cost. Text literals are read as intervals, times and dates where no overload takes
     * them as text.
     *
     * @throws LaminarException WRONG_ARGUMENTS, listing the signatures; INVALID_LITERAL
     */
    public static SignatureMatch resolve(FunctionDeclaration function, List<Operand> operands) {
        SignatureMatch best = cheapest(function, operands, false);
        if (best == null) {
            best = cheapest(function, operands, true);
        }
        if (best == null) {
            String types = operands.stream().map(o -> o.type().sql()).collect(Collectors.joining(", ", "(", ")"));
            String signatures = function.signatures().stream()
                    .map(Signature::text)
                    .distinct()
                    .collect(Collectors.joining("; "));
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    function.name() + " does not take " + (operands.isEmpty() ? "no arguments" : types),
                    "it is " + signatures);
        }
        checkLiterals(best, operands);
        return best;
    }

    private static @Nullable SignatureMatch cheapest(
            FunctionDeclaration function, List<Operand> operands, boolean readLiterals) {
        SignatureMatch best = null;
        for (Signature signature : function.signatures()) {
            List<DataType> types = new ArrayList<>(operands.size());
            for (int i = 0; i < operands.size(); i++) {
                types.add(
                        readLiterals
                                ? expected(signature, i, operands.get(i))
                                : operands.get(i).type());
            }
            Optional<SignatureMatch> match = signature.match(types);
            if (match.isPresent() && (best == null || match.get().cost() < best.cost())) {
                best = match.get();
            }
        }
        return best;
    }

    /** The parameter's type for a text literal that can be read as it, otherwise the operand's own. */
    private static DataType expected(Signature signature, int index, Operand operand) {
        int parameters = signature.parameters().size();
        if (operand.text() == null || parameters == 0) {
            return operand.type();
        }
        String word = signature.parameters().get(Math.min(index, parameters - 1));
        for (Scalar scalar : Scalar.values()) {
            if (scalar.name().toLowerCase(Locale.ROOT).equals(word) && TemporalLiteral.reads(scalar)) {
                return scalar;
            }
        }
        return operand.type();
    }

    private static void checkLiterals(SignatureMatch match, List<Operand> operands) {
        for (int i = 0; i < operands.size(); i++) {
            String text = operands.get(i).text();
            DataType parameter = match.parameters().get(i);
            if (text != null && TemporalLiteral.reads(parameter)) {
                TemporalLiteral.parse(parameter, text);
            }
        }
    }
}
