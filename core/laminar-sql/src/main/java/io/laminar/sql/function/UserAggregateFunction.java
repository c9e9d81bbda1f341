package io.laminar.sql.function;

import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.UserFunction;
import io.laminar.sql.type.RelTypes;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;

/** An aggregate function that a user declared. */
public final class UserAggregateFunction extends SqlAggFunction {
    private final UserFunction function;

    public UserAggregateFunction(UserFunction function) {
        super(
                function.name(),
                null,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.BIGINT,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.OPTIONAL);
        this.function = function;
    }

    public UserFunction function() {
        return function;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.any();
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        return validateOperands(validator, scope, call);
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        return true;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        try {
            UserArguments.check(function, LaminarOperator.operands(binding));
            return RelTypes.of(binding.getTypeFactory(), function.result(), true);
        } catch (LaminarException e) {
            throw LaminarOperator.placed(e, binding);
        }
    }
}
