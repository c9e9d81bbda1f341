package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.type.DataType;
import io.laminar.sql.catalog.Column;
import io.laminar.sql.catalog.Table;
import io.laminar.sql.error.CollectedErrors;
import io.laminar.sql.error.Places;
import io.laminar.sql.type.Conversions;
import io.laminar.sql.validate.QueryTranslator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** The expressions in a table's declaration, over the columns that come from outside. */
final class TableExpressions {
    private final Table table;
    private final QueryTranslator translator;
    private final List<@Nullable Expression> columns = new ArrayList<>();

    /** @param given a column that is not computed, by its position in the table */
    TableExpressions(Table table, QueryTranslator translator, IntFunction<Expression> given) {
        this.table = table;
        this.translator = translator;
        for (int i = 0; i < table.columns().size(); i++) {
            columns.add(table.columns().get(i).isGenerated() ? null : given.apply(i));
        }
        for (int i = 0; i < table.columns().size(); i++) {
            SqlNode expression = table.columns().get(i).expression();
            if (expression != null) {
                columns.set(i, generated(table.columns().get(i), expression));
            }
        }
    }

    /** The value of a column. */
    Expression column(int index) {
        Expression expression = columns.get(index);
        if (expression == null) {
            Column column = table.columns().get(index);
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "generated columns use those before them; '" + column.name() + "' comes later",
                    column.place(),
                    "move '" + column.name() + "' up",
                    null);
        }
        return expression;
    }

    private Expression generated(Column column, SqlNode expression) {
        Expression value = convert(expression);
        if (!Conversions.insertable(value.type(), column.type())) {
            throw mismatch(column.name(), column.type(), value.type(), Places.of(expression));
        }
        return Casts.cast(value, column.type());
    }

    static LaminarException mismatch(String column, DataType wanted, DataType given, Place.Sql place) {
        return new LaminarException(
                ErrorCode.TYPE_MISMATCH,
                "column '" + column + "' is " + wanted.sql() + ", and its expression gives " + given.sql(),
                place,
                "CAST(... AS " + wanted.sql() + ")",
                null);
    }

    /**
     * An expression over the table's columns.
     *
     * @throws LaminarException INVALID_QUERY without use to the user: the errors have been collected
     */
    Expression convert(SqlNode expression) {
        Optional<RelNode> rel = translator.translate(expression, table);
        if (rel.isEmpty()) {
            throw new CollectedErrors();
        }
        RexNode node = rel.get() instanceof Project project
                ? project.getProjects().get(0)
                : rel.get().getCluster().getRexBuilder().makeInputRef(rel.get(), 0);
        try {
            return new ExpressionConverter(this::column).convert(node);
        } catch (LaminarException e) {
            throw e.at(Places.of(expression));
        }
    }
}
