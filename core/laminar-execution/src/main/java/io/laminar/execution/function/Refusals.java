package io.laminar.execution.function;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.util.List;

/** The errors that functions raise, always with the function's name in front. */
final class Refusals {

    private Refusals() {}

    static LaminarException invalid(String function, String reason) {
        return new LaminarException(ErrorCode.INVALID_ARGUMENT, function + ": " + reason);
    }

    static LaminarException invalid(String function, String reason, String hint) {
        return new LaminarException(ErrorCode.INVALID_ARGUMENT, function + ": " + reason, hint);
    }

    /**
     * A word that is none of the known ones.
     *
     * @param kind for example "field"
     */
    static LaminarException unknown(String function, String kind, String wanted, List<String> known) {
        String hint = NearestName.hint(wanted, known);
        return invalid(
                function,
                "there is no " + kind + " '" + wanted + "'",
                hint != null ? hint : kind + "s are " + String.join(", ", known));
    }

    static LaminarException overflow(String function, String type) {
        return new LaminarException(ErrorCode.OVERFLOW, function + ": the result does not fit " + type);
    }

    static LaminarException divisionByZero(String function) {
        return new LaminarException(ErrorCode.DIVISION_BY_ZERO, function + ": division by zero");
    }
}
