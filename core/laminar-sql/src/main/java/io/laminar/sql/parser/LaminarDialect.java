package io.laminar.sql.parser;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;
import org.jspecify.annotations.Nullable;

/** Writes trees as text of the dialect: text that {@link PipelineParser} reads back as the same tree. */
public final class LaminarDialect extends AnsiSqlDialect {

    public static final SqlDialect INSTANCE = new LaminarDialect();

    private LaminarDialect() {
        super(SqlDialect.EMPTY_CONTEXT
                .withDatabaseProduct(DatabaseProduct.UNKNOWN)
                .withIdentifierQuoteString("\""));
    }

    /** The text of a node, every name quoted. */
    public static String format(SqlNode node) {
        SqlWriterConfig config = SqlPrettyWriter.config()
                .withDialect(INSTANCE)
                .withQuoteAllIdentifiers(true)
                .withAlwaysUseParentheses(false)
                .withSelectListItemsOnSeparateLines(false)
                .withIndentation(2);
        return new SqlPrettyWriter(config).format(node);
    }

    /** A few operators of Calcite write what does not read back: their own parentheses, or words of other dialects. */
    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        if (call.getOperator().equals(SqlLibraryOperators.INFIX_CAST) || call.getKind() == SqlKind.OVERLAPS) {
            SqlUtil.unparseBinarySyntax(call.getOperator(), call, writer, leftPrec, rightPrec);
        } else if (call.getOperator().equals(SqlStdOperatorTable.SET_SEMANTICS_TABLE)) {
            unparsePartitionedTable(writer, call);
        } else if (call.getOperator().equals(SqlStdOperatorTable.ITEM)
                || call.getOperator().equals(SqlStdOperatorTable.DOT)) {
            unparseAccess(writer, call, leftPrec);
        } else {
            super.unparseCall(writer, call, leftPrec, rightPrec);
        }
    }

    /** {@code a[i]} and {@code a.b}; whatever binds looser than they do needs parentheses before them. */
    private static void unparseAccess(SqlWriter writer, SqlCall call, int leftPrec) {
        call.operand(0).unparse(writer, leftPrec, call.getOperator().getLeftPrec());
        if (call.getOperator().equals(SqlStdOperatorTable.ITEM)) {
            SqlWriter.Frame frame = writer.startList("[", "]");
            call.operand(1).unparse(writer, 0, 0);
            writer.endList(frame);
        } else {
            writer.setNeedWhitespace(false);
            writer.print(".");
            call.operand(1).unparse(writer, 0, 0);
        }
    }

    private static void unparsePartitionedTable(SqlWriter writer, SqlCall call) {
        call.operand(0).unparse(writer, 0, 0);
        unparseKeys(writer, "PARTITION BY", call.operand(1));
        unparseKeys(writer, "ORDER BY", call.operand(2));
    }

    private static void unparseKeys(SqlWriter writer, String clause, SqlNodeList keys) {
        if (keys.isEmpty()) {
            return;
        }
        writer.keyword(clause);
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode key : keys) {
            writer.sep(",");
            key.unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }

    /** Text is Unicode: no character needs an escape or the name of a character set. */
    @Override
    public void quoteStringLiteral(StringBuilder buffer, @Nullable String charsetName, String value) {
        buffer.append('\'').append(value.replace("'", "''")).append('\'');
    }
}
