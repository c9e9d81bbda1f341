package io.laminar.sql.function;

import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.type.DataType;
import io.laminar.sql.type.Operand;
import io.laminar.sql.type.RelTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * An operator of the dialect: it is typed by the rules of Laminar, never by Calcite's. Operators are equal by class and
 * name, so a name says everything that the result depends on beside the operands.
 */
public abstract class LaminarOperator extends SqlOperator {
    private static final int PRECEDENCE = 100;

    protected LaminarOperator(String name) {
        super(name, SqlKind.OTHER_FUNCTION, PRECEDENCE, PRECEDENCE, null, null, null);
    }

    /** Type and nullability of a call. Errors may leave their place open. */
    protected abstract Typed type(List<Operand> operands, List<Boolean> nullable);

    /** The type of a call's result. */
    public record Typed(DataType type, boolean nullable) {}

    public SqlNode call(SqlParserPos position, SqlNode... operands) {
        return createCall(position, operands);
    }

    @Override
    public SqlSyntax getSyntax() {
        return SqlSyntax.FUNCTION;
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
        List<Boolean> nullable = new ArrayList<>(binding.getOperandCount());
        for (int i = 0; i < binding.getOperandCount(); i++) {
            nullable.add(binding.getOperandType(i).isNullable()
                    || binding.getOperandType(i).getSqlTypeName() == SqlTypeName.NULL);
        }
        try {
            Typed typed = type(operands(binding), nullable);
            return RelTypes.of(binding.getTypeFactory(), typed.type(), typed.nullable());
        } catch (LaminarException e) {
            throw placed(e, binding);
        }
    }

    /** What typing knows of the operands of a call. */
    static List<Operand> operands(SqlOperatorBinding binding) {
        List<Operand> operands = new ArrayList<>(binding.getOperandCount());
        for (int i = 0; i < binding.getOperandCount(); i++) {
            DataType type = RelTypes.from(binding.getOperandType(i));
            String text = null;
            if (binding instanceof SqlCallBinding call
                    && call.operand(i) instanceof SqlLiteral literal
                    && literal.getTypeName() == SqlTypeName.CHAR) {
                text = literal.getValueAs(String.class);
            }
            operands.add(new Operand(type, text));
        }
        return operands;
    }

    static LaminarException placed(LaminarException error, SqlOperatorBinding binding) {
        if (!(binding instanceof SqlCallBinding call)) {
            return error;
        }
        SqlParserPos position = call.getCall().getParserPosition();
        return error.at(new Place.Sql(
                position.getLineNum(), position.getColumnNum(), position.getEndLineNum(), position.getEndColumnNum()));
    }
}
