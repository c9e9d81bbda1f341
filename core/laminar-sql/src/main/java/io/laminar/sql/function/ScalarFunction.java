package io.laminar.sql.function;

import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.Volatility;
import io.laminar.sql.type.Operand;
import java.util.List;

/** A declared scalar function. */
public final class ScalarFunction extends LaminarOperator {
    private final FunctionDeclaration declaration;

    public ScalarFunction(FunctionDeclaration declaration) {
        super(declaration.name());
        this.declaration = declaration;
    }

    public FunctionDeclaration declaration() {
        return declaration;
    }

    /** Any function may answer NULL, so every result counts as nullable. */
    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(OverloadResolution.resolve(declaration, operands).result(), true);
    }

    @Override
    public boolean isDeterministic() {
        return declaration.volatility() != Volatility.VOLATILE;
    }
}
