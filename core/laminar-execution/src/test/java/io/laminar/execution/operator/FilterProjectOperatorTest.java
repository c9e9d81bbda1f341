package io.laminar.execution.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laminar.execution.Operators;
import io.laminar.execution.key.KeyGroupRange;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.UnionNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterProjectOperatorTest {
    private static final Schema SCHEMA = Schema.of(new Field("x", Scalar.BIGINT, false));
    private static final Expression X = new Expression.Input(0, Scalar.BIGINT, false);

    /** A context whose random numbers count up. */
    private static final class Counting implements OperatorContext, EvaluationContext {
        private long drawn;

        @Override
        public int subtask() {
            return 0;
        }

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public int maxParallelism() {
            return 128;
        }

        @Override
        public KeyGroupRange keyGroups() {
            return new KeyGroupRange(0, 127);
        }

        @Override
        public EvaluationContext evaluation() {
            return this;
        }

        @Override
        public long now() {
            return 5;
        }

        @Override
        public void wakeAt(long time) {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public void wake() {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public void count(String metric, long amount) {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public double random() {
            return drawn++ / 1000.0;
        }

        @Override
        public long randomLong() {
            return drawn++;
        }
    }

    private static Batch batch(long... values) {
        return new Batch(
                values.length, new Column[] {new LongColumn(values, null, values.length)}, values.clone(), null);
    }

    private static FilterProjectNode node(Expression condition, Schema schema, Expression... projections) {
        return new FilterProjectNode(
                new InputStub(SCHEMA, ChangelogMode.APPEND), condition, List.of(projections), null, schema);
    }

    private static List<Batch> run(FilterProjectNode node, Batch... batches) {
        Operator operator = Operators.builtin().create(node);
        List<Batch> out = new ArrayList<>();
        operator.open(new Counting());
        for (Batch batch : batches) {
            operator.process(0, batch, out::add);
        }
        operator.finish(out::add);
        operator.close();
        return out;
    }

    @Test
    void emitsOnlyBatchesWithRows() {
        Expression condition = new Expression.Call(
                Operation.GREATER, List.of(X, new Expression.Literal(2L, Scalar.BIGINT)), Scalar.BOOLEAN, false);
        List<Batch> out = run(node(condition, SCHEMA, X), batch(1, 2, 3), batch(1, 2), batch(), batch(4, 5));
        assertEquals(2, out.size());
        assertEquals(3, ((LongColumn) out.get(0).column(0)).value(0));
        assertEquals(2, out.get(1).size());
        assertEquals(5, out.get(1).rowtime()[1]);
    }

    @Test
    void columnsThatAreNotNullRefuseNulls() {
        Expression nullable = new Expression.Input(0, Scalar.BIGINT, true);
        FilterProjectNode strict = new FilterProjectNode(
                new InputStub(Schema.of(new Field("x", Scalar.BIGINT)), ChangelogMode.APPEND),
                null,
                List.of(nullable),
                null,
                SCHEMA);
        long[] values = {1, 2};
        Batch withNull =
                new Batch(2, new Column[] {new LongColumn(values, new boolean[] {false, true}, 2)}, values, null);
        assertEquals(1, run(strict, batch(1, 2)).size());
        LaminarException error = assertThrows(LaminarException.class, () -> run(strict, withNull));
        assertEquals(ErrorCode.NULL_NOT_ALLOWED, error.code());
        assertEquals("column 'x' is NOT NULL, and a row has NULL there", error.reason());
        FilterProjectNode lenient = new FilterProjectNode(
                strict.input(), null, strict.projections(), null, Schema.of(new Field("x", Scalar.BIGINT)));
        assertEquals(1, run(lenient, withNull).size());
    }

    @Test
    void updatesKeepTheirKinds() {
        byte[] kinds = {RowKind.UPDATE_BEFORE, RowKind.UPDATE_AFTER, RowKind.DELETE};
        Batch out = run(node(null, SCHEMA, X), batch(1, 3, 2).withKinds(kinds)).get(0);
        assertEquals(RowKind.UPDATE_BEFORE, out.kind(0));
        assertEquals(RowKind.UPDATE_AFTER, out.kind(1));
        assertEquals(RowKind.DELETE, out.kind(2));
    }

    @Test
    void updatesThatChangeNothingAreDropped() {
        byte[] kinds = {
            RowKind.UPDATE_BEFORE, RowKind.UPDATE_AFTER, RowKind.DELETE, RowKind.UPDATE_BEFORE, RowKind.UPDATE_AFTER
        };
        Batch batch = batch(1, 1, 2, 4, 5).withKinds(kinds).withRowtime(new long[5]);
        Expression next = new Expression.Call(
                Operation.ADD, List.of(X, new Expression.Literal(1L, Scalar.BIGINT)), Scalar.BIGINT, false);
        Batch out = run(node(null, SCHEMA, next), batch).get(0);
        assertEquals(3, out.size());
        assertEquals(RowKind.DELETE, out.kind(0));
        assertEquals(RowKind.UPDATE_BEFORE, out.kind(1));
        assertEquals(RowKind.UPDATE_AFTER, out.kind(2));
    }

    @Test
    void volatileFunctionsAreCalledForEachMention() {
        Expression random =
                new Expression.FunctionCall("random", "random() -> double", List.of(), Scalar.DOUBLE, false);
        Schema two = Schema.of(new Field("a", Scalar.DOUBLE), new Field("b", Scalar.DOUBLE));
        Batch out = run(node(null, two, random, random), batch(7, 8)).get(0);
        List<Double> drawn = new ArrayList<>();
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 2; column++) {
                drawn.add(((io.laminar.spi.batch.DoubleColumn) out.column(column)).value(row));
            }
        }
        assertEquals(4, drawn.stream().distinct().count(), "drawn: " + drawn);
    }

    @Test
    void nodesThatAreNoOperators() {
        UnionNode union = new UnionNode(List.of(), SCHEMA);
        assertThrows(LaminarException.class, () -> Operators.builtin().create(union));
        assertEquals(false, Operators.builtin().has(UnionNode.class));
    }
}
