package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.sql.catalog.Catalog;
import io.laminar.sql.catalog.CatalogEntry;
import io.laminar.sql.catalog.View;
import io.laminar.sql.error.CollectedErrors;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.function.MemberOperator;
import io.laminar.sql.function.OverFunction;
import io.laminar.sql.function.RowTimeOperator;
import io.laminar.sql.function.ScalarFunction;
import io.laminar.sql.function.UserOperator;
import io.laminar.sql.function.WindowOperator;
import io.laminar.sql.parser.ddl.EmitQuery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnpivot;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a query for validation: views and window table functions become subqueries, expressions get the dialect's
 * operators, and what is not supported is refused at its place.
 */
public final class QueryRewriter {
    /** The position of the WINDOW clause among the operands of a SELECT. */
    private static final int WINDOWS = 6;

    private final Catalog catalog;
    private final FunctionCatalog functions;
    private final ExpressionRewriter expressions;
    private final WindowTables windowTables;
    private final FromTables fromTables;
    private final TimedJoins timedJoins;
    private final Deque<Set<String>> withNames = new ArrayDeque<>();
    private final Set<String> openViews = new HashSet<>();

    public QueryRewriter(Catalog catalog, FunctionCatalog functions, ErrorCollector errors) {
        this.catalog = catalog;
        this.functions = functions;
        this.expressions = new ExpressionRewriter(functions, errors, this::rewrite);
        this.windowTables = new WindowTables(this);
        this.fromTables = new FromTables(functions, expressions);
        this.timedJoins = new TimedJoins(expressions::rewrite);
    }

    /**
     * The query as the validator shall see it. The tree given is used up.
     *
     * @throws LaminarException for what makes it useless to go on; other errors are collected
     */
    public SqlNode rewrite(SqlNode query) {
        if (query instanceof SqlSelect select) {
            return select(select);
        }
        if (query instanceof SqlOrderBy order) {
            return new SqlOrderBy(
                    order.getParserPosition(),
                    rewrite(order.query),
                    expressions.rewriteList(order.orderList),
                    order.offset,
                    order.fetch);
        }
        if (query instanceof SqlWith with) {
            return with(with);
        }
        SqlCall call = (SqlCall) query;
        switch (query.getKind()) {
            case UNION, INTERSECT, EXCEPT:
                call.setOperand(0, rewrite(call.operand(0)));
                call.setOperand(1, rewrite(call.operand(1)));
                return call;
            case VALUES:
                return values(call);
            case EXPLICIT_TABLE:
                return star(call.getParserPosition(), from(call.operand(0)));
            default:
                if (query instanceof EmitQuery) {
                    throw ExpressionRewriter.unsupported(
                            query, "EMIT in a view", "put EMIT on the query that reads it");
                }
                throw ExpressionRewriter.unsupported(query, query.getKind().toString(), null);
        }
    }

    /** One expression outside of a query, such as a generated column. */
    public SqlNode rewriteExpression(SqlNode expression) {
        return expressions.rewrite(expression);
    }

    private SqlNode select(SqlSelect select) {
        Hints.check(select);
        SqlNode from = select.getFrom();
        if (from != null) {
            select.setFrom(from(from));
        }
        expressions.windows().begin(select.getWindowList());
        select.setOperand(WINDOWS, SqlNodeList.EMPTY);
        select.setSelectList(selectList(select.getSelectList(), select.getFrom()));
        SqlNode where = expressions.rewriteOptional(select.getWhere());
        if (where != null) {
            where.accept(new MisplacedWindows());
        }
        select.setWhere(where);
        SqlNodeList groups = select.getGroup();
        if (groups != null) {
            select.setGroupBy(GroupByAll.is(groups) ? GroupByAll.of(select.getSelectList(), groups) : groups(groups));
        }
        SqlNode having = expressions.rewriteOptional(select.getHaving());
        if (having != null && select.getGroup() == null) {
            having.accept(new MisplacedWindows());
        }
        select.setHaving(having);
        select.setQualify(expressions.rewriteOptional(select.getQualify()));
        if (select.getOrderList() != null) {
            select.setOrderBy(expressions.rewriteList(Objects.requireNonNull(select.getOrderList())));
        }
        expressions.windows().end();
        return select;
    }

    /** The items, all with names: results of functions are named after the function, others by number. */
    private SqlNodeList selectList(SqlNodeList items, @Nullable SqlNode from) {
        List<SqlNode> rewritten = new ArrayList<>(items.size());
        for (SqlNode item : items) {
            SqlNode node = Objects.requireNonNull(item);
            if (StarItems.is(node)) {
                rewritten.add(StarItems.rewrite(node, from, expressions));
                continue;
            }
            SqlNode result = expressions.rewrite(node);
            String name = nameOf(node, result);
            if (name == null && !isNamed(result)) {
                name = "column" + (rewritten.size() + 1);
            }
            rewritten.add(
                    name == null
                            ? result
                            : SqlStdOperatorTable.AS.createCall(
                                    node.getParserPosition(),
                                    result,
                                    new SqlIdentifier(name, node.getParserPosition())));
        }
        return new SqlNodeList(rewritten, items.getParserPosition());
    }

    private static boolean isNamed(SqlNode item) {
        return item instanceof SqlIdentifier || item.getKind() == SqlKind.AS;
    }

    private static @Nullable String nameOf(SqlNode original, SqlNode result) {
        if (!(result instanceof SqlCall call)) {
            return null;
        }
        SqlOperator operator = call.getOperator();
        if (operator instanceof RowTimeOperator) {
            return original instanceof SqlIdentifier ? ExpressionRewriter.HIDDEN_TIME : operator.getName();
        }
        if (operator instanceof WindowOperator window) {
            return window.function();
        }
        if (operator instanceof MemberOperator) {
            return operator.getName().substring(1);
        }
        if (call.getKind() == SqlKind.FILTER
                || call.getKind() == SqlKind.WITHIN_GROUP
                || call.getKind() == SqlKind.OVER) {
            return nameOf(original, call.operand(0));
        }
        if (operator instanceof OverFunction over) {
            return over.details().name();
        }
        return operator instanceof ScalarFunction
                        || operator instanceof UserOperator
                        || operator instanceof SqlAggFunction
                ? operator.getName().toLowerCase(Locale.ROOT)
                : null;
    }

    private SqlNodeList groups(SqlNodeList groups) {
        List<SqlNode> rewritten = new ArrayList<>(groups.size());
        for (SqlNode group : groups) {
            rewritten.add(group(Objects.requireNonNull(group)));
        }
        return new SqlNodeList(rewritten, groups.getParserPosition());
    }

    /** One item of GROUP BY: an expression, several in parentheses, or a set of sets of them. */
    private SqlNode group(SqlNode group) {
        switch (group.getKind()) {
            case ROLLUP, CUBE, GROUPING_SETS, GROUP_BY_DISTINCT, ROW -> {
                SqlCall sets = (SqlCall) group;
                for (int i = 0; i < sets.operandCount(); i++) {
                    sets.setOperand(i, group(sets.operand(i)));
                }
                return sets;
            }
            default -> {
                return group instanceof SqlNodeList list ? groups(list) : expressions.rewrite(group);
            }
        }
    }

    private SqlNode with(SqlWith with) {
        Set<String> names = new HashSet<>();
        withNames.push(names);
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) Objects.requireNonNull(node);
            if (item.recursive.booleanValue()) {
                throw ExpressionRewriter.unsupported(item, "WITH RECURSIVE", null);
            }
            SqlNode query = rewrite(item.query);
            items.add(new SqlWithItem(item.getParserPosition(), item.name, item.columnList, query, item.recursive));
            names.add(item.name.getSimple().toLowerCase(Locale.ROOT));
        }
        SqlNode body = rewrite(with.body);
        withNames.pop();
        return new SqlWith(with.getParserPosition(), new SqlNodeList(items, with.withList.getParserPosition()), body);
    }

    private SqlNode values(SqlCall values) {
        for (int i = 0; i < values.operandCount(); i++) {
            SqlCall row = values.operand(i);
            for (int j = 0; j < row.operandCount(); j++) {
                row.setOperand(j, expressions.rewrite(row.operand(j)));
            }
        }
        return values;
    }

    static SqlNode star(SqlParserPos position, SqlNode from) {
        return select(position, SqlNodeList.of(SqlIdentifier.star(position)), from);
    }

    static SqlNode select(SqlParserPos position, SqlNodeList items, SqlNode from) {
        return new SqlSelect(position, null, items, from, null, null, null, null, null, null, null, null, null);
    }

    // FROM ----------------------------------------------------------------------------------------------------------

    SqlNode from(SqlNode node) {
        switch (node.getKind()) {
            case IDENTIFIER:
                return table((SqlIdentifier) node, true);
            case AS:
                return alias((SqlCall) node);
            case TABLE_REF:
                return from(((SqlCall) node).operand(0));
            case JOIN:
                SqlJoin join = (SqlJoin) node;
                return SemiJoins.isSemi(join)
                        ? SemiJoins.rewrite(join, this::from)
                        : timedJoins.rewrite(join, this::join);
            case SNAPSHOT:
                throw new LaminarException(
                        ErrorCode.UNSUPPORTED_JOIN,
                        "FOR SYSTEM_TIME AS OF belongs to the right side of a join",
                        Places.of(node),
                        "FROM l JOIN r FOR SYSTEM_TIME AS OF l.at ON ...",
                        null);
            case LATERAL:
                return lateral((SqlCall) node);
            case UNNEST:
                return fromTables.unnest((SqlCall) node, null);
            case MATCH_RECOGNIZE:
                SqlMatchRecognize match = (SqlMatchRecognize) node;
                return MatchClause.select(match, from(match.getTableRef()), functions, expressions);
            case COLLECTION_TABLE:
                return collection((SqlCall) node, null);
            case PIVOT:
                return Pivots.rewrite((SqlPivot) node, this::from, expressions);
            case UNPIVOT:
                return Pivots.rewrite((SqlUnpivot) node, this::from);
            case SELECT, UNION, WITH, ORDER_BY, VALUES, EXPLICIT_TABLE, INTERSECT, EXCEPT:
                return rewrite(node);
            default:
                throw ExpressionRewriter.unsupported(
                        node, node.getKind().toString().replace('_', ' ') + " in FROM", null);
        }
    }

    private SqlNode join(SqlJoin join) {
        join.setLeft(from(join.getLeft()));
        join.setRight(from(join.getRight()));
        SqlNode condition = join.getCondition();
        if (condition != null && join.getConditionType() == JoinConditionType.ON) {
            SqlNode rewritten = expressions.rewrite(condition);
            rewritten.accept(new MisplacedWindows());
            join.setOperand(5, rewritten);
        }
        return join;
    }

    /** LATERAL says nothing about UNNEST and functions: they see the tables before them anyway. */
    private SqlNode lateral(SqlCall lateral) {
        SqlNode inner = lateral.operand(0);
        if (fromTables.isUnnest(inner)) {
            return from(inner);
        }
        lateral.setOperand(0, from(inner));
        return lateral;
    }

    private SqlNode collection(SqlCall table, @Nullable String alias) {
        SqlNode function = table.operand(0);
        return fromTables.isSeries(function)
                ? fromTables.series((SqlCall) function, alias)
                : windowTables.rewrite(function);
    }

    private SqlNode alias(SqlCall as) {
        SqlNode operand = as.operand(0);
        if (fromTables.isUnnest(operand)) {
            SqlCall bare = FromTables.bare(operand);
            String element = FromTables.element(as);
            as.setOperand(
                    0,
                    bare.getKind() == SqlKind.UNNEST
                            ? fromTables.unnest(bare, element)
                            : fromTables.series(bare, element));
            return element == null ? as : fromTables.named(as, bare);
        }
        if (operand.getKind() == SqlKind.TABLE_REF) {
            operand = ((SqlCall) operand).operand(0);
        }
        as.setOperand(0, operand instanceof SqlIdentifier name ? table(name, false) : from(operand));
        return as;
    }

    /** A table stays a name; a view becomes its query, named like the view unless the reference has an alias. */
    private SqlNode table(SqlIdentifier identifier, boolean named) {
        String name = identifier.toString();
        if (identifier.isSimple() && isWithName(name)) {
            return identifier;
        }
        CatalogEntry entry = identifier.isSimple()
                ? catalog.find(name, Places.of(identifier)).orElse(null)
                : null;
        if (entry == null && catalog.isBroken(name)) {
            throw new CollectedErrors();
        }
        if (entry == null) {
            Set<String> names = new TreeSet<>(catalog.names());
            withNames.forEach(names::addAll);
            String hint = NearestName.hint(name, names);
            throw new LaminarException(
                    ErrorCode.UNKNOWN_TABLE,
                    "there is no table or view '" + name + "'",
                    Places.of(identifier),
                    hint != null || names.isEmpty() ? hint : "there are " + String.join(", ", names),
                    null);
        }
        return entry instanceof View view ? expand(view, identifier, named) : identifier;
    }

    private boolean isWithName(String name) {
        return withNames.stream().anyMatch(names -> names.contains(name.toLowerCase(Locale.ROOT)));
    }

    private SqlNode expand(View view, SqlIdentifier reference, boolean named) {
        if (!openViews.add(view.name())) {
            throw new LaminarException(
                    ErrorCode.INVALID_QUERY,
                    "view '" + view.name() + "' reads itself",
                    Places.of(reference),
                    null,
                    null);
        }
        // Names of WITH around the reference mean nothing inside the view.
        List<Set<String>> outer = new ArrayList<>(withNames);
        withNames.clear();
        SqlNode query = rewrite(TreeCopy.of(view.query()));
        withNames.addAll(outer);
        openViews.remove(view.name());
        if (!named && view.columns().isEmpty()) {
            return query;
        }
        List<SqlNode> operands = new ArrayList<>(List.of(query, new SqlIdentifier(view.name(), SqlParserPos.ZERO)));
        operands.addAll(view.columns());
        SqlNode renamed = new SqlBasicCall(SqlStdOperatorTable.AS, operands, reference.getParserPosition());
        return named ? renamed : star(reference.getParserPosition(), renamed);
    }
}
