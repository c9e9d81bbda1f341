package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.error.Place;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.catalog.Column;
import io.laminar.sql.catalog.Connection;
import io.laminar.sql.catalog.Descriptors;
import io.laminar.sql.catalog.Table;
import io.laminar.sql.catalog.TableUse;
import io.laminar.sql.error.Places;
import io.laminar.sql.type.Conversions;
import io.laminar.sql.validate.QueryTranslator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** Plans INSERT: the columns of a query become those of a table, and the table takes the changes or not. */
final class SinkPlanner {
    private final QueryTranslator translator;
    private final UpsertPlanner upserts;

    SinkPlanner(QueryTranslator translator, PipelineSettings settings) {
        this.translator = translator;
        this.upserts = new UpsertPlanner(settings);
    }

    /**
     * The rows of a query as rows of a table.
     *
     * @param names the column list of the INSERT; empty for all columns in order
     * @param places where the columns of the query are written, as far as known
     */
    Relation rows(Table table, List<SqlIdentifier> names, Relation query, IntFunction<@Nullable Place> places) {
        Relation input = literal(table, names, query);
        List<Column> insertable = table.insertable();
        int[] positions = positions(table, names, input.columns().size());
        ExpressionConverter converter = RelPlanner.converter(input);
        List<Expression> given = new ArrayList<>();
        for (int i = 0; i < insertable.size(); i++) {
            Column column = insertable.get(i);
            given.add(
                    positions[i] < 0
                            ? missing(column)
                            : cast(
                                    converter.column(positions[i]),
                                    input.column(positions[i]).name(),
                                    column,
                                    places.apply(positions[i])));
        }
        TableExpressions expressions = new TableExpressions(
                table,
                translator,
                i -> given.get(insertable.indexOf(table.columns().get(i))));
        List<Expression> projections = new ArrayList<>();
        List<LogicalColumn> columns = new ArrayList<>();
        boolean memory = table.connection() == null;
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            if (column.origin() == Column.Origin.VIRTUAL && !memory) {
                continue;
            }
            Expression expression = expressions.column(i);
            int from = insertable.indexOf(column);
            Mark mark = from < 0 || positions[from] < 0
                    ? null
                    : input.column(positions[from]).mark();
            columns.add(new LogicalColumn(
                    column.name(),
                    column.type(),
                    expression.nullable() && column.nullable(),
                    projections.size(),
                    mark));
            projections.add(expression);
        }
        Schema schema = new Schema(columns.stream().map(LogicalColumn::field).toList());
        return new Relation(Relation.project(input.node(), projections, schema), columns, input.bounded());
    }

    /** For each column to insert the column of the query; -1 where the column list leaves it out. */
    private static int[] positions(Table table, List<SqlIdentifier> names, int given) {
        List<Column> insertable = table.insertable();
        int wanted = names.isEmpty() ? insertable.size() : names.size();
        if (wanted != given) {
            throw new LaminarException(
                    ErrorCode.INSERT_MISMATCH,
                    "the query has " + given + " columns, and "
                            + (names.isEmpty() ? "table '" + table.name() + "'" : "the column list") + " has " + wanted,
                    "the columns are "
                            + String.join(
                                    ", ", insertable.stream().map(Column::name).toList()));
        }
        int[] positions = new int[insertable.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = names.isEmpty() ? i : -1;
        }
        for (int i = 0; i < names.size(); i++) {
            int column = insertableIndex(table, insertable, names.get(i));
            if (positions[column] >= 0) {
                throw new LaminarException(
                        ErrorCode.DUPLICATE_NAME,
                        "column '" + names.get(i) + "' stands twice in the column list",
                        Places.of(names.get(i)),
                        null,
                        null);
            }
            positions[column] = i;
        }
        return positions;
    }

    private static int insertableIndex(Table table, List<Column> insertable, SqlIdentifier name) {
        List<String> names = insertable.stream().map(Column::name).toList();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name.getSimple())) {
                return i;
            }
        }
        throw new LaminarException(
                ErrorCode.UNKNOWN_COLUMN,
                "table '" + table.name() + "' has no column '" + name + "' to insert into",
                Places.of(name),
                NearestName.hint(name.getSimple(), names),
                null);
    }

    private static Expression missing(Column column) {
        if (!column.nullable()) {
            throw new LaminarException(
                    ErrorCode.INSERT_MISMATCH,
                    "column '" + column.name() + "' is NOT NULL and the column list leaves it out",
                    "add it to the list, or declare it without NOT NULL");
        }
        return new Expression.Literal(null, column.type());
    }

    /** @param name of the query's column */
    private static Expression cast(Expression expression, String name, Column column, @Nullable Place place) {
        Expression cast = Casts.cast(expression, column.type());
        if (!(cast instanceof Expression.Literal) && !Conversions.insertable(expression.type(), column.type())) {
            throw new LaminarException(
                    ErrorCode.INSERT_MISMATCH,
                    "column '" + column.name() + "' is " + column.type().sql() + ", and the query gives "
                            + expression.type().sql(),
                    place,
                    Conversions.castable(expression.type(), column.type())
                            ? "convert it: CAST(" + name + " AS "
                                    + column.type().sql() + ")"
                            : "there is no cast from " + expression.type().sql() + " to "
                                    + column.type().sql() + "; insert another column",
                    null);
        }
        return cast;
    }

    /** INSERT ... VALUES: literals take the type of their column, if they fit. */
    private static Relation literal(Table table, List<SqlIdentifier> names, Relation query) {
        if (!(query.node() instanceof ValuesNode values)) {
            return query;
        }
        int[] positions = positions(table, names, query.columns().size());
        List<Field> fields = new ArrayList<>(values.schema().fields());
        List<List<Expression.Literal>> rows = new ArrayList<>();
        values.rows().forEach(row -> rows.add(new ArrayList<>(row)));
        for (int i = 0; i < positions.length; i++) {
            int from = positions[i];
            if (from < 0) {
                continue;
            }
            Column column = table.insertable().get(i);
            List<Expression> converted = rows.stream()
                    .map(row -> Casts.cast(row.get(from), column.type()))
                    .toList();
            if (converted.stream().allMatch(Expression.Literal.class::isInstance)) {
                fields.set(
                        from,
                        new Field(
                                fields.get(from).name(),
                                column.type(),
                                fields.get(from).nullable()));
                for (int r = 0; r < rows.size(); r++) {
                    rows.get(r).set(from, (Expression.Literal) converted.get(r));
                }
            }
        }
        return Relation.of(new ValuesNode(new Schema(fields), rows), true);
    }

    /** The sink for rows that fit it already. */
    SinkNode sink(Table table, Connection connection, Relation rows) {
        checkWritable(table, connection);
        TableDescriptor descriptor = Descriptors.of(table, connection, true);
        FormatSpec format = descriptor.format();
        if (format != null) {
            Formats.named(format.format()).checkWriting(format);
        }
        connection.connector().check(descriptor, TableUse.SINK);
        return sink(descriptor, connection.connector().accepts(descriptor), rows);
    }

    SinkNode sink(TableDescriptor descriptor, ChangelogMode accepts, Relation rows) {
        PlanNode node = rows.node();
        boolean keyed = !descriptor.primaryKey().isEmpty();
        if (accepts == ChangelogMode.APPEND && node.changelog() != ChangelogMode.APPEND) {
            node = finalRows(descriptor, rows);
        } else if (accepts == ChangelogMode.UPSERT && keyed) {
            node = upserts.plan(descriptor, node);
        } else if (accepts == ChangelogMode.UPSERT && node.changelog() != ChangelogMode.APPEND) {
            throw new LaminarException(
                    ErrorCode.CHANGELOG_MISMATCH,
                    "the query changes rows it has given before, and table '" + descriptor.name()
                            + "' has no key to find them by",
                    "declare a PRIMARY KEY");
        }
        return new SinkNode(node, descriptor);
    }

    private static PlanNode finalRows(TableDescriptor descriptor, Relation rows) {
        if (!rows.bounded()) {
            throw new LaminarException(
                    ErrorCode.CHANGELOG_MISMATCH,
                    "the query changes rows it has given before, and table '" + descriptor.name()
                            + "' only takes new ones",
                    "group by a window, or write to a table that takes changes: format = 'debezium_json', or a"
                            + " PRIMARY KEY where the connector updates by key");
        }
        return FinalRows.of(rows.node());
    }

    private static void checkWritable(Table table, Connection connection) {
        boolean writes = connection.connector().uses().contains(TableUse.SINK);
        if (!writes || (connection.use() != null && connection.use() != TableUse.SINK)) {
            throw new LaminarException(
                    ErrorCode.NOT_A_SINK,
                    writes
                            ? "table '" + table.name() + "' is declared as a source"
                            : "connector '" + connection.connector().name() + "' cannot be written",
                    writes ? "leave type out, or declare a second table" : null);
        }
        @Nullable String format = connection.format();
        if (format != null && !Formats.named(format).writable()) {
            throw new LaminarException(ErrorCode.NOT_A_SINK, "format '" + format + "' can only be read");
        }
    }
}
