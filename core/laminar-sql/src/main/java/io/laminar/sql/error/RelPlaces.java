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

    /** As {@link #put(RelNode, SqlParserPos)}, for a node that a rewriting made. */
    public static void place(RelNode node, SqlParserPos clause) {
        RelPlaces places = of(node);
        if (places != null) {
            places.put(node, clause);
        }
    }

    /** Notes where the columns of a query are written. */
    public void putColumns(RelNode query, List<SqlParserPos> positions) {
        columns.put(query, List.copyOf(positions));
    }

    /** Notes that a node stands where another was made from; what is known of it already stands. */
    public static void inherit(RelNode from, RelNode to) {
        RelPlaces places = of(from);
        if (places != null && from != to) {
            SqlParserPos clause = places.clauses.get(from);
            if (clause != null) {
                places.clauses.putIfAbsent(to, clause);
            }
            List<SqlParserPos> positions = places.columns.get(from);
            if (positions != null
                    && from.getRowType().getFieldCount() == to.getRowType().getFieldCount()) {
                places.columns.putIfAbsent(to, positions);
            }
        }
    }

    /**
     * Where the clause stands that became a node. Of a node that nobody noted (Calcite copies some) it is the text from
     * its first input to its last; unknown is {@link SqlParserPos#ZERO}.
     */
    public static SqlParserPos clause(RelNode node) {
        RelPlaces places = of(node);
        return places == null ? SqlParserPos.ZERO : places.known(node.stripped());
    }

    private SqlParserPos known(RelNode node) {
        SqlParserPos clause = clauses.get(node);
        if (clause != null) {
            return clause;
        }
        List<SqlParserPos> inputs = node.getInputs().stream()
                .map(input -> known(input.stripped()))
                .filter(RelPlaces::isKnown)
                .toList();
        return inputs.isEmpty() ? SqlParserPos.ZERO : SqlParserPos.sum(inputs);
    }

    private static @Nullable RelPlaces of(RelNode node) {
        return node.getCluster().getPlanner().getContext().unwrap(RelPlaces.class);
    }

    /** The error at the clause that became a node, if it has no place yet and the clause is known. */
    public static LaminarException locate(LaminarException error, RelNode node) {
        return locate(error, clause(node));
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
