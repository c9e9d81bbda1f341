package io.laminar.sql.validate;

import io.laminar.sql.function.MemberOperator;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Members of struct columns as calls on the column: {@code t.window.end} becomes {@code (t.window).end}. So a member of a
 * grouped column is a computation over a grouped column, which Calcite allows, and not a column of its own.
 */
final class StructMembers extends SqlShuttle {
    private static final int TABLE_AND_COLUMN = 2;

    /** The expression, whose names are complete, with members as calls. */
    static SqlNode asCalls(SqlNode expression) {
        return java.util.Objects.requireNonNull(expression.accept(new StructMembers()));
    }

    @Override
    public SqlNode visit(SqlIdentifier identifier) {
        if (identifier.isStar() || identifier.names.size() <= TABLE_AND_COLUMN) {
            return identifier;
        }
        SqlParserPos position = identifier.getParserPosition();
        SqlNode node = identifier.getComponent(0, TABLE_AND_COLUMN);
        List<String> members = identifier.names.subList(TABLE_AND_COLUMN, identifier.names.size());
        for (String member : members) {
            node = new MemberOperator(member).call(position, node);
        }
        return node;
    }
}
