package io.laminar.sql.validate;

import io.laminar.spi.type.DataType.Scalar;
import java.util.Optional;
import org.apache.calcite.sql.SqlIntervalLiteral;

/** Interval literals outside of queries. */
public final class Intervals {

    private Intervals() {}

    /**
     * Microseconds; empty for months and years.
     *
     * @throws io.laminar.spi.error.LaminarException INVALID_LITERAL
     */
    public static Optional<Long> micros(SqlIntervalLiteral literal) {
        return Literals.intervalType(literal) == Scalar.INTERVAL
                ? Optional.of(Literals.intervalValue(literal))
                : Optional.empty();
    }
}
