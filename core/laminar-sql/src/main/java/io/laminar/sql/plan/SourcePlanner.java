package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.LookupNode;
import io.laminar.plan.node.NormalizeNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.catalog.Connection;
import io.laminar.sql.catalog.Descriptors;
import io.laminar.sql.catalog.EventTime;
import io.laminar.sql.catalog.Table;
import io.laminar.sql.catalog.TableUse;
import io.laminar.sql.validate.QueryTranslator;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Plans the reading of tables: the source, then its computed columns and event time. */
final class SourcePlanner {
    private final QueryTranslator translator;

    SourcePlanner(QueryTranslator translator) {
        this.translator = translator;
    }

    /** @throws LaminarException at the table's declaration */
    Relation plan(Table table, Connection connection) {
        checkReadable(table, connection);
        if (connection.use() == TableUse.LOOKUP) {
            return lookup(table, connection);
        }
        TableDescriptor descriptor = Descriptors.of(table, connection, false);
        FormatSpec format = descriptor.format();
        if (format != null) {
            Formats.named(format.format()).checkReading(format);
        }
        ChangelogMode changelog = connection.connector().gives(descriptor);
        connection.connector().check(descriptor, TableUse.SOURCE);
        boolean bounded = connection.connector().bounded(descriptor);
        TableExpressions expressions = new TableExpressions(table, translator, i -> given(table, descriptor, i));
        int eventTime = eventTimeColumn(table);
        WatermarkSpec watermark = watermark(table, expressions, eventTime);
        PlanNode source = new SourceNode(descriptor, watermark, bounded, changelog);
        if (changelog == ChangelogMode.UPSERT) {
            source = new NormalizeNode(
                    source,
                    descriptor.primaryKey().stream()
                            .map(descriptor.schema()::indexOf)
                            .toList());
        }
        return rows(table, source, expressions, eventTime, watermark.rowtime(), bounded);
    }

    private static void checkReadable(Table table, Connection connection) {
        boolean reads = connection.use() == TableUse.LOOKUP
                || connection.connector().uses().contains(TableUse.SOURCE);
        if (!reads || connection.use() == TableUse.SINK) {
            throw new LaminarException(
                    ErrorCode.NOT_A_SOURCE,
                    reads
                            ? "table '" + table.name() + "' is declared as a sink"
                            : "connector '" + connection.connector().name() + "' cannot be read",
                    reads ? "leave type = 'sink' out, or declare a second table" : null);
        }
        if (connection.format() != null && !Formats.named(connection.format()).readable()) {
            throw new LaminarException(
                    ErrorCode.NOT_A_SOURCE, "format '" + connection.format() + "' can only be written");
        }
    }

    /** A table that only joins can read: its rows are not a stream. */
    private Relation lookup(Table table, Connection connection) {
        if (table.columns().stream().anyMatch(column -> column.expression() != null)) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "lookup table '" + table.name() + "' has GENERATED columns",
                    "compute them in the query");
        }
        if (connection.badData() == BadDataPolicy.DEAD_LETTER) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "bad records of lookup table '" + table.name() + "' cannot go to a table",
                    "write bad_data = 'drop' or 'fail'");
        }
        TableDescriptor descriptor = Descriptors.of(table, connection, false);
        FormatSpec format = descriptor.format();
        if (format != null) {
            Formats.named(format.format()).checkReading(format);
        }
        connection.connector().check(descriptor, TableUse.LOOKUP);
        return Relation.of(new LookupNode(descriptor, connection.lookup()), true);
    }

    private static Expression given(Table table, TableDescriptor descriptor, int column) {
        Field declared = table.schema().field(column);
        int index = descriptor.schema().indexOf(declared.name());
        Field field = descriptor.schema().field(index);
        return Casts.cast(new Expression.Input(index, field.type(), field.nullable()), declared.type());
    }

    private static int eventTimeColumn(Table table) {
        String column = table.eventTime().column();
        return column == null ? -1 : table.schema().indexOf(column);
    }

    private static WatermarkSpec watermark(Table table, TableExpressions expressions, int eventTime) {
        EventTime declared = table.eventTime();
        Expression rowtime = eventTime < 0 ? null : Casts.cast(expressions.column(eventTime), Scalar.TIMESTAMP);
        SqlNode written = declared.watermark();
        if (written == null) {
            return new WatermarkSpec(rowtime, null, declared.delay(), declared.idleTimeout());
        }
        Expression watermark = Casts.cast(expressions.convert(written), Scalar.TIMESTAMP);
        if (watermark.type() != Scalar.TIMESTAMP || !isTime(expressions.convert(written))) {
            throw new LaminarException(
                    ErrorCode.TYPE_MISMATCH,
                    "a watermark is a TIMESTAMP",
                    io.laminar.sql.error.Places.of(written),
                    "WATERMARK FOR at AS at - INTERVAL '5 seconds'",
                    null);
        }
        Long delay = delay(watermark, rowtime);
        return delay != null
                ? new WatermarkSpec(rowtime, null, delay, declared.idleTimeout())
                : new WatermarkSpec(rowtime, watermark, 0, declared.idleTimeout());
    }

    private static boolean isTime(Expression expression) {
        return expression.type() == Scalar.TIMESTAMP || expression.type() == Scalar.TIMESTAMPTZ;
    }

    /** The constant delay that a watermark expression states; null for other expressions. */
    private static @Nullable Long delay(Expression watermark, @Nullable Expression rowtime) {
        if (watermark.equals(rowtime)) {
            return 0L;
        }
        return watermark instanceof Expression.Call call
                        && call.operation() == Operation.SUBTRACT
                        && call.arguments().get(0).equals(rowtime)
                        && call.arguments().get(1) instanceof Expression.Literal literal
                        && literal.type() == Scalar.INTERVAL
                        && literal.value() instanceof Long micros
                        && micros >= 0
                ? micros
                : null;
    }

    /** The table's columns as queries see them. */
    private static Relation rows(
            Table table,
            PlanNode source,
            TableExpressions expressions,
            int eventTime,
            @Nullable Expression rowtime,
            boolean bounded) {
        List<Expression> projections = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<LogicalColumn> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Expression expression = expressions.column(i);
            Field field = new Field(table.columns().get(i).name(), expression.type(), expression.nullable());
            Mark mark = i == eventTime ? new Mark.Rowtime() : null;
            columns.add(new LogicalColumn(field.name(), field.type(), field.nullable(), i, mark));
            projections.add(expression);
            fields.add(field);
        }
        Schema schema = new Schema(fields);
        PlanNode node = rowtime == null
                ? Relation.project(source, projections, schema)
                : new FilterProjectNode(source, null, projections, rowtime, schema);
        return new Relation(node, columns, bounded);
    }
}
