package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Short ways to write expressions and batches in tests. */
final class Ex {
    static final EvaluationContext CONTEXT = new EvaluationContext() {
        @Override
        public long now() {
            return 1_700_000_000_000_000L;
        }

        @Override
        public double random() {
            return 0.25;
        }

        @Override
        public long randomLong() {
            return 42;
        }
    };

    private Ex() {}

    static Expression lit(DataType type, Object value) {
        return new Expression.Literal(value, type);
    }

    static Expression lit(int value) {
        return lit(Scalar.INT, value);
    }

    static Expression lit(long value) {
        return lit(Scalar.BIGINT, value);
    }

    static Expression lit(double value) {
        return lit(Scalar.DOUBLE, value);
    }

    static Expression lit(String value) {
        return lit(Scalar.TEXT, value);
    }

    static Expression lit(boolean value) {
        return lit(Scalar.BOOLEAN, value);
    }

    static Expression nul(DataType type) {
        return lit(type, null);
    }

    static Expression in(Schema schema, int index) {
        return new Expression.Input(
                index, schema.type(index), schema.field(index).nullable());
    }

    static Expression call(Operation operation, DataType type, Expression... arguments) {
        boolean nullable = Arrays.stream(arguments).anyMatch(Expression::nullable);
        return new Expression.Call(operation, List.of(arguments), type, nullable);
    }

    static Expression test(Operation operation, Expression... arguments) {
        return call(operation, Scalar.BOOLEAN, arguments);
    }

    static Expression cast(Expression argument, DataType type) {
        return new Expression.Cast(argument, type, argument.nullable(), false);
    }

    static Expression tryCast(Expression argument, DataType type) {
        return new Expression.Cast(argument, type, true, true);
    }

    static Schema schema(DataType... types) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            fields.add(new Field("c" + i, types[i], true));
        }
        return new Schema(fields);
    }

    static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    /** Event times are 1, 2, 3, ... */
    static Batch batch(Schema schema, List<? extends List<?>> rows) {
        Column[] columns = new Column[schema.size()];
        for (int c = 0; c < columns.length; c++) {
            ColumnBuilder builder = ColumnBuilder.of(schema.type(c), Math.max(1, rows.size()));
            for (List<?> row : rows) {
                Values.append(schema.type(c), builder, row.get(c));
            }
            columns[c] = builder.build();
        }
        long[] rowtime = new long[rows.size()];
        Arrays.setAll(rowtime, i -> i + 1);
        return new Batch(rows.size(), columns, rowtime, null);
    }

    static List<List<Object>> rows(Batch batch, List<DataType> types) {
        List<List<Object>> rows = new ArrayList<>();
        for (int r = 0; batch != null && r < batch.size(); r++) {
            List<Object> row = new ArrayList<>();
            for (int c = 0; c < types.size(); c++) {
                row.add(Values.read(types.get(c), batch.column(c), r));
            }
            rows.add(row);
        }
        return rows;
    }

    static List<List<Object>> run(Schema schema, Batch batch, Expression condition, Expression... projections) {
        CompiledExpressions compiled =
                ExpressionCompiler.builtin().compile(schema, condition, List.of(projections), null);
        return rows(
                compiled.evaluate(batch, CONTEXT),
                Arrays.stream(projections).map(Expression::type).toList());
    }
}
