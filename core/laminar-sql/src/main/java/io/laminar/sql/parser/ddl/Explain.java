package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code EXPLAIN [PLAN FOR] [(FORMAT format)] statement}. */
public final class Explain extends SqlCall {

    /** How the plan is written. */
    public enum Format {
        TEXT,
        JSON,
        DOT
    }

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "EXPLAIN",
            SqlKind.EXPLAIN,
            (pos, operands) ->
                    new Explain(pos, Operands.symbol(operands, 0, Format.class), Operands.node(operands, 1)));

    private final Format format;
    private final SqlNode statement;

    public Explain(SqlParserPos pos, Format format, SqlNode statement) {
        super(pos);
        this.format = format;
        this.statement = statement;
    }

    public Format format() {
        return format;
    }

    /** The statement to plan: a query, an INSERT, a CREATE TABLE ... AS or a CREATE VIEW. */
    public SqlNode statement() {
        return statement;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(Operands.symbol(format), statement);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("EXPLAIN");
        if (format != Format.TEXT) {
            SqlWriter.Frame frame = writer.startList("(", ")");
            writer.keyword("FORMAT");
            writer.keyword(format.name());
            writer.endList(frame);
        }
        statement.unparse(writer, 0, 0);
    }
}
