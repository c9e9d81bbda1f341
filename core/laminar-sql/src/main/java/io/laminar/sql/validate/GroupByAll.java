package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.Places;
import io.laminar.sql.parser.AllItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;

/** {@code GROUP BY ALL}: by all items of the SELECT list that aggregate nothing. */
final class GroupByAll {
    private GroupByAll() {}

    /** Whether this is how the parser says it. */
    static boolean is(SqlNodeList groups) {
        return groups.size() == 1 && groups.get(0) instanceof AllItems;
    }

    /** The ordinals of those items; of none, the one group of all rows. */
    static SqlNodeList of(SqlNodeList items, SqlNodeList groups) {
        List<SqlNode> ordinals = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = Objects.requireNonNull(items.get(i));
            if (item instanceof SqlStarExclude
                    || item instanceof SqlStarReplace
                    || (item instanceof SqlIdentifier name && name.isStar())) {
                throw new LaminarException(
                        ErrorCode.INVALID_QUERY,
                        "GROUP BY ALL needs the columns by name, not a star",
                        Places.of(item),
                        "name the columns, or SELECT DISTINCT *",
                        null);
            }
            if (!aggregates(item)) {
                ordinals.add(SqlLiteral.createExactNumeric(String.valueOf(i + 1), item.getParserPosition()));
            }
        }
        if (ordinals.isEmpty()) {
            ordinals.add(SqlNodeList.EMPTY);
        }
        return new SqlNodeList(ordinals, groups.getParserPosition());
    }

    /** Functions OVER rows look at the groups, so they are none of what is grouped by. */
    private static boolean aggregates(SqlNode node) {
        return node instanceof SqlCall call
                && !node.isA(SqlKind.QUERY)
                && (call.getKind() == SqlKind.OVER
                        || call.getOperator() instanceof SqlAggFunction
                        || call.getOperandList().stream().anyMatch(GroupByAll::aggregates));
    }
}
