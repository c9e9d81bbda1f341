package io.laminar.sql.validate;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.jspecify.annotations.Nullable;

/** {@code * EXCLUDE (...)} and {@code * REPLACE (...)} in a SELECT list. */
final class StarItems {
    private StarItems() {}

    static boolean is(SqlNode item) {
        return item instanceof SqlStarExclude || item instanceof SqlStarReplace;
    }

    /** The item with the dialect's operators. */
    static SqlNode rewrite(SqlNode item, @Nullable SqlNode from, ExpressionRewriter expressions) {
        SqlIdentifier star = item instanceof SqlStarExclude exclude
                ? exclude.getStarIdentifier()
                : ((SqlStarReplace) item).getStarIdentifier();
        if (star.names.size() == 1 && from instanceof SqlJoin join && mergesColumns(join)) {
            throw ExpressionRewriter.unsupported(
                    item,
                    "a star with EXCLUDE or REPLACE over a join with USING or NATURAL",
                    "put the table before the star: t.* EXCLUDE (...); or join with ON");
        }
        return item instanceof SqlStarReplace replace
                ? new SqlStarReplace(item.getParserPosition(), star, expressions.rewriteList(replace.getReplaceList()))
                : item;
    }

    /** Such a join gives one column where both sides have it; Calcite writes these out for a plain star only. */
    private static boolean mergesColumns(SqlNode from) {
        return from instanceof SqlJoin join
                && (join.isNatural()
                        || join.getConditionType() == JoinConditionType.USING
                        || mergesColumns(join.getLeft())
                        || mergesColumns(join.getRight()));
    }
}
