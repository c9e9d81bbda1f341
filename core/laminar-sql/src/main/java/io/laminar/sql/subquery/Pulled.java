package io.laminar.sql.subquery;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A query inside that no longer looks at the row around: what it asked of that row stands beside it.
 *
 * @param rel the columns of the query, then others that the predicates need
 * @param width number of columns of the query
 * @param predicates over the columns and the row around: the query's rows for a row around are those that meet all
 * @param empty values of the columns for a row around that has no rows here; null if there is no row then
 */
record Pulled(
        RelNode rel,
        int width,
        List<RexNode> predicates,
        @Nullable List<RexNode> empty) {
    Pulled {
        predicates = List.copyOf(predicates);
    }
}
