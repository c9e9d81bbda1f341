package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A parameter of CREATE FUNCTION: {@code name type [NOT NULL]}. */
public final class FunctionParameter extends SqlCall {

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "PARAMETER",
            SqlKind.OTHER_DDL,
            (pos, operands) -> new FunctionParameter(
                    pos,
                    Operands.identifier(operands, 0),
                    Operands.at(operands, 1, SqlDataTypeSpec.class),
                    Operands.isTrue(operands, 2)));

    private final SqlIdentifier name;
    private final SqlDataTypeSpec type;
    private final boolean notNull;

    public FunctionParameter(SqlParserPos pos, SqlIdentifier name, SqlDataTypeSpec type, boolean notNull) {
        super(pos);
        this.name = name;
        this.type = type;
        this.notNull = notNull;
    }

    public SqlIdentifier name() {
        return name;
    }

    public SqlDataTypeSpec type() {
        return type;
    }

    public boolean notNull() {
        return notNull;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, type, Operands.flag(notNull));
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        name.unparse(writer, 0, 0);
        type.unparse(writer, 0, 0);
        if (notNull) {
            writer.keyword("NOT NULL");
        }
    }
}
