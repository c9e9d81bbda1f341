package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.MemberOperator;
import io.laminar.sql.function.WindowTimeOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), size))} as {@code SELECT *, window_start, window_end, window_time FROM
 * t}, so that all spellings of windows are one from here on.
 */
final class WindowTables {
    private final QueryRewriter queries;

    WindowTables(QueryRewriter queries) {
        this.queries = queries;
    }

    SqlNode rewrite(SqlNode function) {
        if (!(function instanceof SqlBasicCall call)
                || !WindowCalls.isWindow(call.getOperator().getName())) {
            throw ExpressionRewriter.unsupported(
                    function, "a table function", "TABLE(...) takes TUMBLE, HOP, SESSION and CUMULATE");
        }
        List<SqlNode> arguments = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            arguments.add(operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT ? ((SqlCall) operand).operand(0) : operand);
        }
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        if (arguments.size() < 3 || !isDescriptor(arguments.get(1))) {
            throw new LaminarException(
                    ErrorCode.INVALID_WINDOW,
                    name + " takes a table, a DESCRIPTOR of its time column, and intervals",
                    Places.of(function),
                    "TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE))",
                    null);
        }
        SqlParserPos position = call.getParserPosition();
        SqlNode time = ((SqlCall) arguments.get(1)).operand(0);
        List<Literals.Span> spans = new ArrayList<>();
        for (SqlNode argument : arguments.subList(2, arguments.size())) {
            Literals.Span span = Literals.span(argument);
            if (span == null) {
                throw new LaminarException(
                        ErrorCode.INVALID_WINDOW,
                        "a window's parameters are constant intervals",
                        Places.of(argument),
                        null,
                        null);
            }
            spans.add(span);
        }
        return windowed(data(arguments.get(0)), queries.rewriteExpression(time), name, spans, position);
    }

    private static boolean isDescriptor(SqlNode node) {
        return node instanceof SqlCall call
                && call.getOperator().getName().equalsIgnoreCase("DESCRIPTOR")
                && call.operandCount() == 1;
    }

    private SqlNode data(SqlNode argument) {
        if (argument.getKind() == SqlKind.SET_SEMANTICS_TABLE) {
            return data(((SqlCall) argument).operand(0));
        }
        if (argument.getKind() == SqlKind.EXPLICIT_TABLE) {
            return queries.from(((SqlCall) argument).operand(0));
        }
        return queries.from(argument);
    }

    private static SqlNode windowed(
            SqlNode data, SqlNode time, String name, List<Literals.Span> spans, SqlParserPos position) {
        List<SqlNode> items = new ArrayList<>();
        items.add(SqlIdentifier.star(position));
        items.add(as("window_start", new MemberOperator("start").call(position, window(name, spans, time, position))));
        items.add(as("window_end", new MemberOperator("end").call(position, window(name, spans, time, position))));
        items.add(as("window_time", WindowTimeOperator.INSTANCE.call(position, window(name, spans, time, position))));
        return QueryRewriter.select(position, new SqlNodeList(items, position), data);
    }

    private static SqlNode window(String name, List<Literals.Span> spans, SqlNode time, SqlParserPos position) {
        return WindowCalls.operator(name, spans, TreeCopy.of(time), position);
    }

    private static SqlNode as(String name, SqlNode node) {
        return SqlStdOperatorTable.AS.createCall(
                node.getParserPosition(), node, new SqlIdentifier(name, node.getParserPosition()));
    }
}
