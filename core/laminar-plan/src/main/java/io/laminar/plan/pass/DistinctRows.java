package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.ExpandNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into the first level of {@link SplitDistinct}: with the bucket of their value as a last key. Where
 * calls go over different values of several columns, every row comes once per column, in the bucket of its value there,
 * and each call takes the rows of its own column; calls over all rows take those of the first.
 *
 * @param keys columns of the node, the bucket last
 * @param calls over the node
 */
record DistinctRows(
        PlanNode node,
        List<Integer> keys,
        List<AggregateCall> calls,
        @Nullable WindowSpec window) {
    private static final String SET = "distinct_set";

    static DistinctRows of(PlanNode input, List<Integer> keys, List<AggregateCall> calls, @Nullable WindowSpec window) {
        List<List<Integer>> values = BucketCalls.values(calls);
        if (values.size() > 1) {
            return new Copies(input, values).rows(keys, calls, window);
        }
        List<Integer> all = new ArrayList<>(keys);
        all.add(input.schema().size());
        return new DistinctRows(DistinctBuckets.of(input, values.get(0)), all, calls, window);
    }

    /** Rows that come once per value. Makes the columns that are wanted of them. */
    private static final class Copies {
        private final PlanNode input;
        private final List<List<Integer>> values;
        private final ExpandNode copies;
        private final List<Expression> columns = new ArrayList<>();
        private final List<Field> fields = new ArrayList<>();

        Copies(PlanNode input, List<List<Integer>> values) {
            this.input = input;
            this.values = values;
            List<Field> repeated = new ArrayList<>(input.schema().fields());
            repeated.add(new Field(DistinctBuckets.free(SET, input.schema()), Scalar.INT, false));
            List<List<Integer>> sets =
                    values.stream().<List<Integer>>map(value -> List.of()).toList();
            this.copies = new ExpandNode(input, List.of(), sets, new Schema(repeated));
        }

        DistinctRows rows(List<Integer> keys, List<AggregateCall> calls, @Nullable WindowSpec window) {
            List<Integer> movedKeys = new ArrayList<>(move(keys));
            WindowSpec movedWindow = window instanceof WindowSpec.Attached attached
                    ? new WindowSpec.Attached(move(attached.startColumn()), move(attached.endColumn()))
                    : window;
            List<AggregateCall> movedCalls = calls.stream().map(this::moved).toList();
            movedKeys.add(columns.size());
            columns.add(bucket());
            fields.add(DistinctBuckets.field(new Schema(fields)));
            PlanNode node = new FilterProjectNode(copies, null, columns, null, new Schema(fields));
            return new DistinctRows(node, movedKeys, movedCalls, movedWindow);
        }

        private List<Integer> move(List<Integer> some) {
            return some.stream().map(this::move).toList();
        }

        private int move(int column) {
            return put(input.schema().field(column).name(), BucketCalls.input(input.schema(), column));
        }

        /** The position of a column, which is added if it is not there yet. */
        private int put(String name, Expression column) {
            int known = columns.indexOf(column);
            if (known >= 0) {
                return known;
            }
            columns.add(column);
            fields.add(new Field(DistinctBuckets.free(name, new Schema(fields)), column.type(), column.nullable()));
            return columns.size() - 1;
        }

        private AggregateCall moved(AggregateCall call) {
            int set = BucketCalls.isDistinct(call) ? values.indexOf(call.arguments()) : 0;
            return new AggregateCall(
                    call.function(),
                    move(call.arguments()),
                    call.distinct(),
                    put("distinct_of_" + set, filter(set, call.filter())),
                    List.of(),
                    call.type(),
                    call.nullable());
        }

        private Expression isSet(int set) {
            int column = copies.schema().size() - 1;
            return new Expression.Call(
                    Operation.EQUAL,
                    List.of(BucketCalls.input(copies.schema(), column), new Expression.Literal(set, Scalar.INT)),
                    Scalar.BOOLEAN,
                    false);
        }

        private Expression filter(int set, @Nullable Integer filter) {
            if (filter == null) {
                return isSet(set);
            }
            Expression own = BucketCalls.input(input.schema(), filter);
            return new Expression.Call(Operation.AND, List.of(isSet(set), own), Scalar.BOOLEAN, own.nullable());
        }

        /** The bucket of the value that the copy is for. */
        private Expression bucket() {
            List<Expression.Case.Branch> branches = new ArrayList<>();
            boolean nullable = false;
            for (int set = 0; set < values.size(); set++) {
                Expression bucket = DistinctBuckets.bucket(values.get(set), input.schema());
                nullable |= bucket.nullable();
                branches.add(new Expression.Case.Branch(isSet(set), bucket));
            }
            Expression last = branches.remove(branches.size() - 1).value();
            return new Expression.Case(branches, last, Scalar.BIGINT, nullable);
        }
    }
}
