package io.laminar.sql.subquery;

import io.laminar.sql.error.RelPlaces;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** The row of the query around, as a query inside sees it. */
final class Outer {
    private final RexCorrelVariable row;
    private final RexBuilder rex;

    private Outer(RexCorrelVariable row, RexBuilder rex) {
        this.row = row;
        this.rex = rex;
    }

    /** A row of this type. */
    static Outer of(RelOptCluster cluster, RelDataType type) {
        RexBuilder rex = cluster.getRexBuilder();
        return new Outer((RexCorrelVariable) rex.makeCorrel(type, cluster.createCorrel()), rex);
    }

    RexNode column(int index) {
        return rex.makeFieldAccess(row, index);
    }

    /** An expression over the row around, as seen from the query inside. */
    RexNode inside(RexNode expression) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return column(reference.getIndex());
            }
        });
    }

    /** The query inside, with this row in the place of others. */
    RelNode inside(RelNode query, Collection<CorrelationId> others) {
        return replace(query, others, this::column);
    }

    /** A query with expressions in the place of the columns of rows around it. */
    static RelNode replace(RelNode query, Collection<CorrelationId> rows, IntFunction<RexNode> columns) {
        RexShuttle expressions = shuttle(rows, columns);
        return query.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode visited = super.visit(other).accept(expressions);
                RelPlaces.inherit(other, visited);
                return visited;
            }
        });
    }

    private static RexShuttle shuttle(Collection<CorrelationId> rows, IntFunction<RexNode> columns) {
        return new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                return access.getReferenceExpr() instanceof RexCorrelVariable variable && rows.contains(variable.id)
                        ? columns.apply(access.getField().getIndex())
                        : super.visitFieldAccess(access);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
                return visited.clone(replace(query.rel, rows, columns));
            }
        };
    }

    /** An expression with others in the place of this row's columns. */
    RexNode replace(RexNode expression, IntFunction<RexNode> columns) {
        return expression.accept(shuttle(List.of(row.id), columns));
    }

    /** As {@link #replace(RexNode, IntFunction)} for all expressions of a query. */
    RelNode replace(RelNode query, IntFunction<RexNode> columns) {
        return replace(query, List.of(row.id), columns);
    }

    boolean isUsedBy(RexNode expression) {
        return !columns(expression).isEmpty();
    }

    boolean isUsedBy(RelNode query) {
        return !columns(query).isEmpty();
    }

    /** The columns of this row that an expression reads. */
    Set<Integer> columns(RexNode expression) {
        Set<Integer> found = new TreeSet<>();
        replace(expression, collector(found));
        return found;
    }

    /** The columns of this row that a query reads. */
    Set<Integer> columns(RelNode query) {
        Set<Integer> found = new TreeSet<>();
        replace(query, collector(found));
        return found;
    }

    private IntFunction<RexNode> collector(Set<Integer> found) {
        return index -> {
            found.add(index);
            return column(index);
        };
    }
}
