package io.laminar.sql.parser.ddl;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Operator of a node class of its own: makes the node again from its operands, as shuttles and copies need it. */
final class RebuildingOperator extends SqlSpecialOperator {

    /** Makes a node from the operands its {@code getOperandList} gave. */
    interface Constructor {
        SqlCall create(SqlParserPos pos, @Nullable SqlNode[] operands);
    }

    private final Constructor constructor;

    RebuildingOperator(String name, SqlKind kind, Constructor constructor) {
        super(name, kind);
        this.constructor = constructor;
    }

    @Override
    public SqlCall createCall(@Nullable SqlLiteral functionQualifier, SqlParserPos pos, @Nullable SqlNode... operands) {
        return constructor.create(pos, operands);
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        call.unparse(writer, leftPrec, rightPrec);
    }
}
