package io.laminar.sql.error;

import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Where in the text the clauses of a query stand that became relational nodes. (Calls in expressions carry their place
 * themselves.) It travels in the context of the nodes' planner, so that whoever has a node can ask.
 */
public final class RelPlaces {
    private final IdentityHashMap<RelNode, SqlParserPos> clauses = new IdentityHashMap<>();
    private final IdentityHashMap<RelNode, List<SqlParserPos>> columns = new IdentityHashMap<>();

    /** Notes what a clause became; what is known of the node already stands. */
    public void put(@Nullable RelNode node, SqlParserPos clause) {
        if (node != null && isKnown(clause)) {
            clauses.putIfAbsent(node, clause);
        }
    }

    /** Notes where the columns of a query are written. */
    public void putColumns(RelNode query, List<SqlParserPos> positions) {
        columns.put(query, List.copyOf(positions));
    }

    private static @Nullable RelPlaces of(RelNode node) {
        return node.getCluster().getPlanner().getContext().unwrap(RelPlaces.class);
    }

    /** The error at the clause that became a node, if it has no place yet and the clause is known. */
    public static LaminarException locate(LaminarException error, RelNode node) {
        RelPlaces places = of(node);
        SqlParserPos clause = places == null ? null : places.clauses.get(node);
        return clause == null ? error : error.at(Places.of(clause));
    }

    /** The error at an expression or call, if it has no place yet and that of the expression is known. */
    public static LaminarException locate(LaminarException error, SqlParserPos expression) {
        return isKnown(expression) ? error.at(Places.of(expression)) : error;
    }

    /** Where a column of a whole query is written, if that is known. */
    public static @Nullable Place column(RelNode query, int column) {
        RelPlaces places = of(query);
        List<SqlParserPos> positions = places == null ? null : places.columns.get(query);
        return positions == null || column >= positions.size() || !isKnown(positions.get(column))
                ? null
                : Places.of(positions.get(column));
    }

    private static boolean isKnown(SqlParserPos position) {
        return position.getLineNum() > 0;
    }
}
