package io.laminar.sql.function;

import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.OverFrame;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.Operand;
import io.laminar.sql.type.OperatorTyping;
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
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/**
 * A function in front of OVER, with all that is written about it but partition and order. Its operands are the arguments,
 * then the filter, then the values of the function's own ORDER BY.
 */
public final class OverFunction extends SqlAggFunction {

    /** What is written beside the operands. */
    public record Details(
            io.laminar.plan.node.OverFunction function,
            String name,
            @Nullable FunctionDeclaration aggregate,
            int arguments,
            boolean distinct,
            boolean filtered,
            List<Key> order,
            boolean ignoreNulls,
            long number,
            @Nullable OverFrame frame,
            /** Whether the frame's distances are intervals. */
            boolean intervals) {}

    /** A key of the function's own order, as for {@link io.laminar.plan.node.SortKey}. */
    public record Key(boolean descending, boolean nullsFirst) {}

    private final Details details;
    private final Place.Sql place;

    public OverFunction(Details details, Place.Sql place) {
        // Operators are equal by name.
        super(
                details.toString(),
                null,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.BIGINT,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.OPTIONAL);
        this.details = details;
        this.place = place;
    }

    public Details details() {
        return details;
    }

    public Place.Sql place() {
        return place;
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
            List<Operand> operands = LaminarOperator.operands(binding);
            if (details.filtered()) {
                checkFilter(operands.get(details.arguments()).type());
            }
            return RelTypes.of(binding.getTypeFactory(), type(operands.subList(0, details.arguments())), nullable());
        } catch (LaminarException e) {
            throw e.at(place);
        }
    }

    private void checkFilter(DataType type) {
        if (type != Scalar.BOOLEAN && type != Scalar.NULL) {
            throw new LaminarException(
                    ErrorCode.TYPE_MISMATCH, "FILTER needs a condition, not a value of type " + type.sql());
        }
    }

    /** The type of the result for arguments. */
    public DataType type(List<Operand> arguments) {
        return switch (details.function()) {
            case ROW_NUMBER, RANK, DENSE_RANK, NTILE -> Scalar.BIGINT;
            case CUME_DIST, PERCENT_RANK -> Scalar.DOUBLE;
            case NTH_FROM_FIRST, NTH_FROM_LAST ->
                arguments.size() == 1
                        ? arguments.get(0).type()
                        : OperatorTyping.resolve(Operation.COALESCE, arguments).result();
            case AGGREGATE -> {
                FunctionDeclaration declaration = java.util.Objects.requireNonNull(details.aggregate());
                yield declaration.name().equals("count")
                        ? Scalar.BIGINT
                        : OverloadResolution.resolve(declaration, arguments).result();
            }
        };
    }

    public boolean nullable() {
        return switch (details.function()) {
            case ROW_NUMBER, RANK, DENSE_RANK, NTILE, CUME_DIST, PERCENT_RANK -> false;
            case NTH_FROM_FIRST, NTH_FROM_LAST -> true;
            case AGGREGATE -> new AggregateFunction(java.util.Objects.requireNonNull(details.aggregate())).nullable();
        };
    }
}
