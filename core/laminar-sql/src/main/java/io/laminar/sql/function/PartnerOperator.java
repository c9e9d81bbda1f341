package io.laminar.sql.function;

import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.Operand;
import java.util.List;

/** A term in the condition of a join which says that only rows of the left side leave: those with a match, or without. */
public final class PartnerOperator extends LaminarOperator {
    public static final PartnerOperator SOME = new PartnerOperator("has_match");
    public static final PartnerOperator NONE = new PartnerOperator("has_no_match");

    private PartnerOperator(String name) {
        super(name);
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(Scalar.BOOLEAN, false);
    }
}
