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
import io.laminar.spi.type.TypeWidening;
import java.util.ArrayList;
import java.util.List;

/** The column that says to which bucket the value of a row belongs. NULL is a bucket of its own. */
final class DistinctBuckets {
    /** Enough for a hot key to be everywhere, few enough for the second level to have little to add. */
    private static final long BUCKETS = 64;

    private static final String NAME = "distinct_bucket";

    private DistinctBuckets() {}

    /** Whether equal values of a type are sure to have one text or to be one whole number, and there are many of them. */
    static boolean spreads(DataType type) {
        return TypeWidening.isInteger(type)
                || TypeWidening.isFloating(type)
                || type instanceof Decimal
                || type == Scalar.TEXT
                || type == Scalar.DATE
                || type == Scalar.TIME
                || type == Scalar.TIMESTAMP;
    }

    /** Whether some of the columns of a value tell its bucket. */
    static boolean spread(List<Integer> value, Schema schema) {
        return value.stream().anyMatch(column -> spreads(schema.type(column)));
    }

    /** The rows of the input with the bucket as their last column. */
    static PlanNode of(PlanNode input, List<Integer> value) {
        Schema schema = input.schema();
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(field(schema));
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(BucketCalls.input(schema, i));
        }
        columns.add(bucket(value, schema));
        return new FilterProjectNode(input, null, columns, null, new Schema(fields));
    }

    /** The column, under a name that is free among others. */
    static Field field(Schema others) {
        return new Field(free(NAME, others), Scalar.BIGINT);
    }

    /** A name that no column has. */
    static String free(String wanted, Schema others) {
        String name = wanted;
        while (others.names().contains(name)) {
            name += "_";
        }
        return name;
    }

    /** The bucket of the values of some columns: 0 where none of them tells it. */
    static Expression bucket(List<Integer> value, Schema schema) {
        List<Expression> buckets = value.stream()
                .filter(column -> spreads(schema.type(column)))
                .map(column -> bucket(BucketCalls.input(schema, column)))
                .toList();
        if (buckets.isEmpty()) {
            return number(0);
        } else if (buckets.size() == 1) {
            return buckets.get(0);
        }
        Expression sum = orZero(buckets.get(0));
        for (Expression bucket : buckets.subList(1, buckets.size())) {
            sum = new Expression.Call(Operation.ADD, List.of(sum, orZero(bucket)), Scalar.BIGINT, false);
        }
        return new Expression.Call(Operation.MODULO, List.of(sum, number(BUCKETS)), Scalar.BIGINT, false);
    }

    private static Expression orZero(Expression bucket) {
        return bucket.nullable()
                ? new Expression.Call(Operation.COALESCE, List.of(bucket, number(0)), Scalar.BIGINT, false)
                : bucket;
    }

    private static Expression number(long value) {
        return new Expression.Literal(value, Scalar.BIGINT);
    }

    private static Expression bucket(Expression value) {
        Expression number;
        if (value.type() == Scalar.BIGINT) {
            number = value;
        } else if (TypeWidening.isInteger(value.type())) {
            number = new Expression.Cast(value, Scalar.BIGINT, value.nullable(), false);
        } else {
            number = new Expression.FunctionCall(
                    "xxhash64", "xxhash64(text) -> bigint", List.of(text(value)), Scalar.BIGINT, value.nullable());
        }
        return new Expression.Call(Operation.MODULO, List.of(number, number(BUCKETS)), Scalar.BIGINT, value.nullable());
    }

    private static Expression text(Expression value) {
        if (value.type() == Scalar.TEXT) {
            return value;
        }
        return new Expression.Cast(
                TypeWidening.isFloating(value.type()) ? absolute(value) : value, Scalar.TEXT, value.nullable(), false);
    }

    /** 0.0 and -0.0 may count as one value, and have to share a bucket. */
    private static Expression absolute(Expression value) {
        Expression number = value.type() == Scalar.DOUBLE
                ? value
                : new Expression.Cast(value, Scalar.DOUBLE, value.nullable(), false);
        return new Expression.FunctionCall(
                "abs", "abs(double) -> double", List.of(number), Scalar.DOUBLE, value.nullable());
    }

    /** Whether a column of a projection is a bucket. */
    static boolean isBucket(FilterProjectNode project, int column) {
        return project.schema().field(column).name().startsWith(NAME)
                && isBucket(project.projections().get(column));
    }

    private static boolean isBucket(Expression expression) {
        if (expression instanceof Expression.Case choice) {
            return isBucket(choice.otherwise())
                    || isBucket(choice.branches().get(0).value());
        }
        return expression instanceof Expression.Call call
                && call.operation() == Operation.MODULO
                && number(BUCKETS).equals(call.arguments().get(1));
    }
}
