package io.laminar.sql.function;

import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.SignatureMatch;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.RelTypes;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;

/** A declared aggregate function. */
public final class AggregateFunction extends SqlAggFunction {
    private static final String COUNT = "count";

    /** Those that are 0 over no rows. */
    private static final List<String> COUNTS = List.of(COUNT, "approx_distinct", "regr_count");

    private static final List<String> APPROXIMATE =
            List.of("approx_distinct", "approx_median", "approx_percentile_cont", "approx_percentile_cont_with_weight");

    private final FunctionDeclaration declaration;

    public AggregateFunction(FunctionDeclaration declaration) {
        super(
                declaration.name(),
                null,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.BIGINT,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.OPTIONAL);
        this.declaration = declaration;
    }

    public FunctionDeclaration declaration() {
        return declaration;
    }

    /** Whether the result of an aggregate over no rows, or only NULLs, is NULL. */
    public boolean nullable() {
        return !COUNTS.contains(declaration.name());
    }

    /** Whether it works by a sketch, which cannot take rows back. */
    public boolean isApproximate() {
        return APPROXIMATE.contains(declaration.name());
    }

    @Override
    public SqlSyntax getSyntax() {
        return declaration.name().equals(COUNT) ? SqlSyntax.FUNCTION_STAR : SqlSyntax.FUNCTION;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.any();
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        if (isStar(call)) {
            RelDataType type = RelTypes.of(validator.getTypeFactory(), Scalar.BIGINT, false);
            validator.setValidatedNodeType(call, type);
            return type;
        }
        return validateOperands(validator, scope, call);
    }

    private static boolean isStar(SqlCall call) {
        return call.operandCount() == 1
                && call.operand(0) instanceof org.apache.calcite.sql.SqlIdentifier identifier
                && identifier.isStar();
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        return true;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        if (declaration.name().equals(COUNT)) {
            return RelTypes.of(binding.getTypeFactory(), Scalar.BIGINT, false);
        }
        try {
            SignatureMatch match = OverloadResolution.resolve(declaration, LaminarOperator.operands(binding));
            return RelTypes.of(binding.getTypeFactory(), match.result(), nullable());
        } catch (LaminarException e) {
            throw LaminarOperator.placed(e, binding);
        }
    }
}
