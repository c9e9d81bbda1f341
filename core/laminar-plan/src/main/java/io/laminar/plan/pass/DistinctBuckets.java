package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** The column that says to which bucket the value of a row belongs. NULL is a bucket of its own. */
final class DistinctBuckets {
    /** Enough for a hot key to be everywhere, few enough for the second level to have little to add. */
    private static final long BUCKETS = 64;

    private static final String NAME = "distinct_bucket";

    private DistinctBuckets() {}

    /** Whether equal values of a type, and only those, are sure to have one text or to be one whole number. */
    static boolean spreads(DataType type) {
        return isWhole(type)
                || type instanceof Decimal
                || type == Scalar.TEXT
                || type == Scalar.DATE
                || type == Scalar.TIME
                || type == Scalar.TIMESTAMP;
    }

    private static boolean isWhole(DataType type) {
        return type == Scalar.BIGINT || type == Scalar.INT || type == Scalar.SMALLINT || type == Scalar.TINYINT;
    }

    /** The rows of the input with the bucket as their last column. */
    static PlanNode of(PlanNode input, int value) {
        Schema schema = input.schema();
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(field(schema));
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(new Expression.Input(i, schema.type(i), schema.field(i).nullable()));
        }
        columns.add(bucket(columns.get(value)));
        return new FilterProjectNode(input, null, columns, null, new Schema(fields));
    }

    /** The column, under a name that is free among others. */
    static Field field(Schema others) {
        String name = NAME;
        while (others.names().contains(name)) {
            name += "_";
        }
        return new Field(name, Scalar.BIGINT);
    }

    private static Expression bucket(Expression value) {
        Expression number;
        if (value.type() == Scalar.BIGINT) {
            number = value;
        } else if (isWhole(value.type())) {
            number = new Expression.Cast(value, Scalar.BIGINT, value.nullable(), false);
        } else {
            Expression text = value.type() == Scalar.TEXT
                    ? value
                    : new Expression.Cast(value, Scalar.TEXT, value.nullable(), false);
            number = new Expression.FunctionCall(
                    "xxhash64", "xxhash64(text) -> bigint", List.of(text), Scalar.BIGINT, value.nullable());
        }
        return new Expression.Call(
                Operation.MODULO,
                List.of(number, new Expression.Literal(BUCKETS, Scalar.BIGINT)),
                Scalar.BIGINT,
                value.nullable());
    }

    /** Whether a column is one that {@link #of} has added. */
    static boolean isBucket(FilterProjectNode project, int column) {
        return project.schema().field(column).name().startsWith(NAME)
                && project.projections().get(column) instanceof Expression.Call call
                && call.operation() == Operation.MODULO
                && call.arguments().get(1) instanceof Expression.Literal literal
                && Long.valueOf(BUCKETS).equals(literal.value());
    }
}
