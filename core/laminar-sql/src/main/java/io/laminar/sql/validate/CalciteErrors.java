package io.laminar.sql.validate;

import static org.apache.calcite.util.Static.RESOURCE;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.error.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.Resources;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** What Calcite's validator refuses, in Laminar's codes and words. */
final class CalciteErrors {

    /** @param template the message before its parameters are filled in: it tells which error it is */
    record Cause(String template, SqlNode node) {}

    private record Answer(
            ErrorCode code, String reason, @Nullable String hint) {}

    /** In reasons, {@code %s} is the part of the query that is wrong. */
    private static final Map<String, Answer> ANSWERS = new HashMap<>();

    static {
        answer(
                RESOURCE.columnAmbiguous(""),
                ErrorCode.AMBIGUOUS_COLUMN,
                "column '%s' is in several tables",
                "put the table's name before it");
        answer(
                RESOURCE.notGroupExpr(""),
                ErrorCode.NOT_AGGREGATED,
                "'%s' is neither grouped nor aggregated",
                "add it to GROUP BY, or aggregate it, for example with max(...) or first_value(...)");
        answer(
                RESOURCE.selectStarExcludeListContainsUnknownColumns(""),
                ErrorCode.UNKNOWN_COLUMN,
                "there is no column '%s' to leave out",
                null);
        answer(
                RESOURCE.selectStarExcludeCannotExcludeAllColumns(),
                ErrorCode.INVALID_QUERY,
                "no column is left",
                "leave out fewer columns");
        answer(
                RESOURCE.selectStarReplaceListContainsUnknownColumns(""),
                ErrorCode.UNKNOWN_COLUMN,
                "there is no column '%s' to replace",
                "a new column is written beside the star: SELECT *, x AS name");
        answer(
                RESOURCE.selectStarReplaceListContainsDuplicateColumns(""),
                ErrorCode.DUPLICATE_NAME,
                "column '%s' is replaced twice",
                null);
        answer(
                RESOURCE.notSelectDistinctExpr(""),
                ErrorCode.NOT_AGGREGATED,
                "'%s' is not among the columns of SELECT DISTINCT",
                null);
        answer(
                RESOURCE.aggregateIllegalInClause(""),
                ErrorCode.INVALID_QUERY,
                "'%s' is an aggregate and cannot stand here",
                "filter aggregates with HAVING");
        answer(
                RESOURCE.windowedAggregateIllegalInClause(""),
                ErrorCode.INVALID_QUERY,
                "'%s' cannot stand here",
                "filter ranks with QUALIFY, or around a subquery");
        answer(
                RESOURCE.nestedAggIllegal(),
                ErrorCode.INVALID_QUERY,
                "aggregates cannot be nested: '%s'",
                "aggregate twice: put the inner aggregate into a subquery");
        answer(
                RESOURCE.aggregateInFilterIllegal(),
                ErrorCode.INVALID_QUERY,
                "an aggregate cannot stand in FILTER",
                null);
        answer(
                RESOURCE.aggregateIllegalInOrderBy(),
                ErrorCode.INVALID_QUERY,
                "an aggregate cannot stand in ORDER BY of a query without grouping",
                null);
        answer(
                RESOURCE.condMustBeBoolean(""),
                ErrorCode.TYPE_MISMATCH,
                "the condition '%s' is no BOOLEAN",
                "compare it with something");
        answer(
                RESOURCE.illegalMixingOfTypes(),
                ErrorCode.TYPE_MISMATCH,
                "the branches of '%s' have no common type",
                "cast them to one type");
        answer(
                RESOURCE.incompatibleValueType(""),
                ErrorCode.TYPE_MISMATCH,
                "the values of '%s' have no common type",
                "cast them to one type");
        answer(
                RESOURCE.incompatibleTypesInList(),
                ErrorCode.TYPE_MISMATCH,
                "the values have no common type",
                "cast them to one type");
        answer(
                RESOURCE.columnCountMismatchInSetop(""),
                ErrorCode.TYPE_MISMATCH,
                "the queries of a UNION, INTERSECT or EXCEPT have different numbers of columns",
                null);
        answer(
                RESOURCE.columnTypeMismatchInSetop(0, ""),
                ErrorCode.TYPE_MISMATCH,
                "the queries of a UNION, INTERSECT or EXCEPT have columns without a common type",
                "cast them to one type");
        answer(
                RESOURCE.canNotApplyOp2Type("", "", ""),
                ErrorCode.TYPE_MISMATCH,
                "the types in '%s' do not fit",
                "AND, OR and NOT take conditions");
        answer(
                RESOURCE.orderByOrdinalOutOfRange(),
                ErrorCode.INVALID_QUERY,
                "there is no column number '%s' in the SELECT list",
                null);
        answer(
                RESOURCE.aliasListDegree(0, "", 0),
                ErrorCode.INVALID_QUERY,
                "the list of column names has not as many names as the query has columns",
                null);
        answer(
                RESOURCE.aliasListDuplicate(""),
                ErrorCode.DUPLICATE_NAME,
                "a column name stands twice in the list",
                null);
        answer(
                RESOURCE.fromAliasDuplicate(""),
                ErrorCode.DUPLICATE_NAME,
                "two tables in FROM have the name '%s'",
                "give one of them an alias");
        answer(RESOURCE.filterNonAggregate(), ErrorCode.INVALID_QUERY, "FILTER stands behind aggregates only", null);
        answer(
                RESOURCE.numberLiteralOutOfRange(""),
                ErrorCode.INVALID_LITERAL,
                "the number '%s' is out of range",
                null);
        answer(RESOURCE.selectMissingFrom(), ErrorCode.INVALID_QUERY, "there is no FROM", null);
    }

    private CalciteErrors() {}

    private static void answer(Resources.Inst error, ErrorCode code, String reason, @Nullable String hint) {
        ANSWERS.put(error.raw(), new Answer(code, reason, hint));
    }

    static LaminarException translate(
            CalciteContextException error, @Nullable Cause cause, Collection<String> columns) {
        Place.Sql place =
                new Place.Sql(error.getPosLine(), error.getPosColumn(), error.getEndPosLine(), error.getEndPosColumn());
        if (cause == null) {
            return new LaminarException(ErrorCode.INVALID_QUERY, "the query is not valid here", place, null, error);
        }
        String text = text(cause.node());
        if (isUnknownColumn(cause.template())) {
            String name = lastName(cause.node());
            return new LaminarException(
                    ErrorCode.UNKNOWN_COLUMN,
                    "there is no column '" + text + "'",
                    place,
                    columns.stream().anyMatch(name::equalsIgnoreCase)
                            ? "FROM does not give it here; where it comes from a query inside, select it there"
                            : NearestName.of(name, columns)
                                    .map(near -> "did you mean '" + near + "'?")
                                    .orElse(columns.isEmpty() ? null : "columns are " + String.join(", ", columns)),
                    null);
        }
        if (cause.template().equals(RESOURCE.tableNameNotFound("").raw())) {
            return unknownPrefix(cause.node(), text, place, columns);
        }
        if (cause.node() instanceof SqlCall call && call.getKind() == SqlKind.SCALAR_QUERY) {
            return new LaminarException(
                    ErrorCode.TYPE_MISMATCH,
                    "a query that stands for one value has several columns",
                    place,
                    "select one column",
                    null);
        }
        Answer answer = ANSWERS.get(cause.template());
        if (answer == null) {
            return new LaminarException(
                    ErrorCode.INVALID_QUERY, "the query is not valid at '" + text + "'", place, null, error);
        }
        return new LaminarException(answer.code(), answer.reason().replace("%s", text), place, answer.hint(), null);
    }

    private static boolean isUnknownColumn(String template) {
        return template.equals(RESOURCE.columnNotFound("").raw())
                || template.equals(RESOURCE.columnNotFoundInTable("", "").raw())
                || template.equals(RESOURCE.columnNotFoundDidYouMean("", "").raw())
                || template.equals(
                        RESOURCE.columnNotFoundInTableDidYouMean("", "", "").raw())
                || template.equals(RESOURCE.unknownIdentifier("").raw())
                || template.equals(RESOURCE.unknownField("").raw());
    }

    /** {@code x} of {@code x.y} is neither a table of FROM nor a struct. */
    private static LaminarException unknownPrefix(
            SqlNode node, String text, Place.Sql place, Collection<String> columns) {
        return new LaminarException(
                ErrorCode.UNKNOWN_COLUMN,
                "'" + text + "' is neither a table in FROM nor a column with members",
                place,
                NearestName.hint(lastName(node), columns),
                null);
    }

    private static String lastName(SqlNode node) {
        return node instanceof SqlIdentifier identifier
                ? identifier.names.get(identifier.names.size() - 1)
                : node.toString();
    }

    private static String text(SqlNode node) {
        String text = node instanceof SqlIdentifier identifier
                ? String.join(".", identifier.names)
                : node.toString().replace("`", "").replaceAll("\\s+", " ");
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
