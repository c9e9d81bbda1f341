package io.laminar.sql.function;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.sql.type.Conversions;
import io.laminar.sql.type.Operand;
import io.laminar.sql.type.TemporalLiteral;
import java.util.List;

/** CAST, {@code ::} and TRY_CAST to one type. */
public final class CastOperator extends LaminarOperator {
    private final DataType target;
    private final boolean lenient;

    public CastOperator(DataType target, boolean lenient) {
        super((lenient ? "TRY_CAST AS " : "CAST AS ") + target.sql());
        this.target = target;
        this.lenient = lenient;
    }

    public DataType target() {
        return target;
    }

    /** Whether values that cannot be converted become NULL. */
    public boolean lenient() {
        return lenient;
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        Operand operand = operands.get(0);
        if (!Conversions.castable(operand.type(), target)) {
            throw new LaminarException(
                    ErrorCode.TYPE_MISMATCH,
                    "there is no cast from " + operand.type().sql() + " to " + target.sql());
        }
        if (operand.text() != null && !lenient && TemporalLiteral.reads(target)) {
            TemporalLiteral.parse(target, operand.text());
        }
        return new Typed(target, lenient || nullable.get(0));
    }
}
