package io.laminar.sql.function;

import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.type.Operand;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlTypeName;

/** Stands where an error has been reported, so that checking goes on behind it: it fits everywhere. */
public final class UnknownOperator extends LaminarOperator {
    public static final UnknownOperator INSTANCE = new UnknownOperator();

    private UnknownOperator() {
        super("unknown");
    }

    /** The type of the unknown value. */
    public static RelDataType type(RelDataTypeFactory factory) {
        return factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.ANY), true);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        return type(binding.getTypeFactory());
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(Scalar.NULL, true);
    }
}
