package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** {@code WATERMARK FOR column [AS expression]} of CREATE TABLE. */
public final class Watermark extends SqlCall {

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "WATERMARK",
            SqlKind.OTHER_DDL,
            (pos, operands) -> new Watermark(pos, Operands.identifier(operands, 0), operands[1]));

    private final SqlIdentifier column;
    private final @Nullable SqlNode expression;

    public Watermark(SqlParserPos pos, SqlIdentifier column, @Nullable SqlNode expression) {
        super(pos);
        this.column = column;
        this.expression = expression;
    }

    /** The event time column. */
    public SqlIdentifier column() {
        return column;
    }

    /** The watermark as an expression over the row's columns; null means exactly the event time. */
    public @Nullable SqlNode expression() {
        return expression;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(column, expression);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("WATERMARK FOR");
        column.unparse(writer, 0, 0);
        if (expression != null) {
            writer.keyword("AS");
            expression.unparse(writer, 0, 0);
        }
    }
}
