package io.laminar.sql.subquery;

import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.sql.error.RelPlaces;
import io.laminar.sql.function.AggregateFunction;
import io.laminar.sql.function.BuiltInOperator;
import io.laminar.sql.function.FunctionCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/** Builds relational nodes with the dialect's operators and functions. */
final class Rels {
    private static final String UNNAMED = "value";

    private final RexBuilder rex;
    private SqlParserPos clause = SqlParserPos.ZERO;

    Rels(RexBuilder rex) {
        this.rex = rex;
    }

    /** What is made meanwhile stands where the clause of a node does, and so do errors. */
    <T> T within(RelNode node, Supplier<T> making) {
        SqlParserPos around = clause;
        SqlParserPos inner = RelPlaces.clause(node);
        clause = inner.getLineNum() > 0 ? inner : around;
        try {
            return making.get();
        } catch (LaminarException e) {
            throw RelPlaces.locate(e, clause);
        } finally {
            clause = around;
        }
    }

    /** A node that was just made. */
    <T extends RelNode> T placed(T node) {
        RelPlaces.place(node, clause);
        return node;
    }

    RexBuilder rex() {
        return rex;
    }

    // Nodes ---------------------------------------------------------------------------------------------------------

    /** A projection; columns that are passed on keep their names. */
    RelNode project(RelNode input, List<? extends RexNode> expressions) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (RexNode expression : expressions) {
            String name = expression instanceof RexInputRef column
                    ? input.getRowType().getFieldNames().get(column.getIndex())
                    : UNNAMED;
            String unique = name;
            for (int i = 1; !taken.add(unique); i++) {
                unique = name + "_" + i;
            }
            names.add(unique);
        }
        return project(input, expressions, names);
    }

    RelNode project(RelNode input, List<? extends RexNode> expressions, List<String> names) {
        return placed(LogicalProject.create(input, List.of(), expressions, names, Set.of()));
    }

    RelNode filter(RelNode input, List<RexNode> conditions) {
        RexNode condition = and(conditions);
        return condition.isAlwaysTrue() ? input : placed(LogicalFilter.create(input, condition));
    }

    RelNode join(RelNode left, RelNode right, JoinRelType type, List<RexNode> conditions) {
        return placed(LogicalJoin.create(left, right, List.of(), and(conditions), Set.of(), type));
    }

    /** Groups; the result has the keys in ascending order, then the calls. */
    RelNode aggregate(RelNode input, ImmutableBitSet keys, List<AggregateCall> calls) {
        return placed(LogicalAggregate.create(input, List.of(), keys, null, calls));
    }

    RelNode distinct(RelNode input) {
        return aggregate(input, ImmutableBitSet.range(input.getRowType().getFieldCount()), List.of());
    }

    // Columns -------------------------------------------------------------------------------------------------------

    RexNode column(RelNode input, int index) {
        return rex.makeInputRef(input, index);
    }

    /** The columns {@code [from, to)}. */
    List<RexNode> columns(RelNode input, int from, int to) {
        List<RexNode> columns = new ArrayList<>();
        for (int i = from; i < to; i++) {
            columns.add(column(input, i));
        }
        return columns;
    }

    List<RexNode> columns(RelNode input) {
        return columns(input, 0, width(input));
    }

    static int width(RelNode input) {
        return input.getRowType().getFieldCount();
    }

    /** The fields of two inputs side by side. */
    static List<RelDataTypeField> fields(RelNode left, RelNode right) {
        List<RelDataTypeField> fields = new ArrayList<>(left.getRowType().getFieldList());
        fields.addAll(right.getRowType().getFieldList());
        return fields;
    }

    // Expressions ---------------------------------------------------------------------------------------------------

    RexNode call(Operation operation, RexNode... operands) {
        return rex.makeCall(clause, BuiltInOperator.of(operation), Arrays.asList(operands));
    }

    RexNode and(List<RexNode> conditions) {
        return RexUtil.composeConjunction(rex, conditions);
    }

    RexNode or(RexNode... conditions) {
        return RexUtil.composeDisjunction(rex, Arrays.asList(conditions));
    }

    RexNode not(RexNode condition) {
        return rex.makeCall(SqlStdOperatorTable.NOT, condition);
    }

    RexNode isNull(RexNode value) {
        return rex.makeCall(SqlStdOperatorTable.IS_NULL, value);
    }

    RexNode isNotNull(RexNode value) {
        return rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, value);
    }

    /** CASE with conditions and values in turn, and a value otherwise. */
    RexNode choice(RelDataType type, RexNode... operands) {
        return rex.makeCall(type, SqlStdOperatorTable.CASE, Arrays.asList(operands));
    }

    RexNode literal(boolean value) {
        return rex.makeLiteral(value);
    }

    RexNode nothing(RelDataType type) {
        return rex.makeNullLiteral(rex.getTypeFactory().createTypeWithNullability(type, true));
    }

    RelDataType condition() {
        return rex.getTypeFactory()
                .createTypeWithNullability(rex.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN), true);
    }

    static List<RexNode> conjunctions(RexNode condition) {
        return RelOptUtil.conjunctions(condition);
    }

    // Aggregates ----------------------------------------------------------------------------------------------------

    /** A call of a declared aggregate over a column; over all rows without one. */
    AggregateCall aggregate(String function, RelNode input, int... columns) {
        FunctionDeclaration declaration =
                FunctionCatalog.installed().find(function).orElseThrow();
        List<Integer> arguments = Arrays.stream(columns).boxed().toList();
        RelDataType type = columns.length == 0 || function.equals("count")
                ? rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT)
                : nullable(input.getRowType().getFieldList().get(columns[0]).getType());
        return aggregate(new AggregateFunction(declaration), arguments, type, function);
    }

    /** The only value of a column; more than one row is an error. */
    AggregateCall only(RelNode input, int column) {
        RelDataType type =
                nullable(input.getRowType().getFieldList().get(column).getType());
        return aggregate(SqlStdOperatorTable.SINGLE_VALUE, List.of(column), type, "only");
    }

    private static AggregateCall aggregate(
            SqlAggFunction function, List<Integer> arguments, RelDataType type, String name) {
        return AggregateCall.create(
                function, false, false, false, List.of(), arguments, -1, null, RelCollations.EMPTY, type, name);
    }

    private RelDataType nullable(RelDataType type) {
        return rex.getTypeFactory().createTypeWithNullability(type, true);
    }
}
