package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.UnnestNode;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.function.UnnestOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Elements of collections beside the rows they are of.
 *
 * @param node gives the elements as they are
 * @param projections over the node: the columns of the rows, then those of the elements
 * @param columns of the rows, then of the elements
 */
record Unnesting(UnnestNode node, List<Expression> projections, List<LogicalColumn> columns, boolean bounded) {

    /** How elements become columns. */
    enum Shape {
        /** A struct becomes a column per member, the entry of a map two columns. */
        SPREAD,
        /** An element is one value; the entry of a map is a struct. */
        WHOLE
    }

    static Unnesting of(Relation input, List<Expression> collections, Shape shape, boolean ordinality, boolean outer) {
        UnnestNode node = node(input, collections, ordinality, outer);
        Schema schema = node.schema();
        int column = input.node().schema().size();
        List<Expression> projections = new ArrayList<>(
                IntStream.range(0, column).mapToObj(i -> input(schema, i)).toList());
        List<LogicalColumn> columns = new ArrayList<>(input.columns());
        for (Expression collection : collections) {
            List<Expression> element = element(collection.type(), schema, column, shape);
            List<String> names = names(collection.type(), shape);
            for (int i = 0; i < element.size(); i++) {
                add(names.get(i), element.get(i), columns, projections);
            }
            column += width(collection.type());
        }
        if (ordinality) {
            add("ordinality", input(schema, column), columns, projections);
        }
        return new Unnesting(node, projections, columns, input.bounded());
    }

    private static void add(String name, Expression value, List<LogicalColumn> columns, List<Expression> projections) {
        columns.add(new LogicalColumn(name, value.type(), value.nullable(), projections.size(), null));
        projections.add(value);
    }

    /**
     * The rows with their elements.
     *
     * @param condition for outer ones, which elements count, over the columns; null for all
     */
    Relation relation(@Nullable Expression condition) {
        UnnestNode source = condition == null
                ? node
                : new UnnestNode(
                        node.input(),
                        node.carried(),
                        node.collections(),
                        node.ordinality(),
                        node.outer(),
                        Expressions.substitute(condition, projections, null),
                        node.schema());
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            Expression value = projections.get(i);
            fields.add(new Field(name(i), value.type(), value.nullable()));
        }
        PlanNode projected = Relation.project(source, projections, new Schema(fields));
        return new Relation(projected, columns, bounded);
    }

    private String name(int position) {
        int rows = node.carried().size();
        return position < rows
                ? node.schema().field(position).name()
                : columns.get(columns.size() - projections.size() + position).name();
    }

    private static List<Expression> element(DataType collection, Schema schema, int column, Shape shape) {
        Expression first = input(schema, column);
        if (collection instanceof MapType) {
            List<Expression> entry = List.of(first, input(schema, column + 1));
            return shape == Shape.SPREAD
                    ? entry
                    : List.of(new Expression.Call(Operation.STRUCT, entry, UnnestOperator.element(collection), false));
        }
        if (shape == Shape.SPREAD && first.type() instanceof StructType struct) {
            return IntStream.range(0, struct.fields().size())
                    .mapToObj(i -> ExpressionConverter.member(first, i))
                    .toList();
        }
        return List.of(first);
    }

    private static List<String> names(DataType collection, Shape shape) {
        if (shape == Shape.SPREAD && collection instanceof MapType) {
            return List.of("key", "value");
        }
        if (shape == Shape.SPREAD
                && collection instanceof ListType list
                && list.element() instanceof StructType struct) {
            return struct.fields().stream().map(Field::name).toList();
        }
        return List.of("unnest");
    }

    private static int width(DataType collection) {
        return collection instanceof MapType ? 2 : 1;
    }

    private static Expression input(Schema schema, int column) {
        return new Expression.Input(
                column, schema.type(column), schema.field(column).nullable());
    }

    private static UnnestNode node(Relation input, List<Expression> collections, boolean ordinality, boolean outer) {
        Schema before = input.node().schema();
        List<Expression> projections = new ArrayList<>(IntStream.range(0, before.size())
                .mapToObj(i -> input(before, i))
                .toList());
        List<Field> fields = new ArrayList<>(before.fields());
        List<Integer> positions = new ArrayList<>();
        List<Field> result = new ArrayList<>(before.fields());
        for (Expression collection : collections) {
            int known = projections.indexOf(collection);
            positions.add(known < 0 ? projections.size() : known);
            if (known < 0) {
                projections.add(collection);
                fields.add(new Field("collection" + positions.size(), collection.type(), collection.nullable()));
            }
            if (collection.type() instanceof MapType map) {
                result.add(new Field("key", map.key(), true));
                result.add(new Field("value", map.value(), true));
            } else {
                result.add(new Field("unnest", UnnestOperator.element(collection.type()), true));
            }
        }
        if (ordinality) {
            result.add(new Field("ordinality", Scalar.INT, outer));
        }
        PlanNode source = Relation.project(input.node(), projections, new Schema(fields));
        List<Integer> carried = IntStream.range(0, before.size()).boxed().toList();
        return new UnnestNode(source, carried, positions, ordinality, outer, null, new Schema(result));
    }
}
