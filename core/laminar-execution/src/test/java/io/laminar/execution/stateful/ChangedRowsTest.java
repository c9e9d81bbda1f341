package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.Operators;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.snapshot.Compression;
import io.laminar.execution.snapshot.FrozenState;
import io.laminar.execution.snapshot.MemoryFiles;
import io.laminar.execution.snapshot.RestoredState;
import io.laminar.execution.snapshot.Reuse;
import io.laminar.execution.snapshot.StateIndex;
import io.laminar.execution.snapshot.StateSource;
import io.laminar.execution.snapshot.StateSources;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.NormalizeNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.RankFunction;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.WindowSpec;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** What snapshots of operators write after few rows have changed: those, not whole key groups. */
class ChangedRowsTest {
    private static final int ROWS = 20_000;
    private static final int FEW = ROWS / 100;
    private static final long SECOND = 1_000_000;

    private static final Schema ROW =
            Schema.of(new Field("k", Scalar.BIGINT, false), new Field("t", Scalar.TEXT, false));
    private static final Schema SIDES = Schema.of(
            new Field("k", Scalar.BIGINT, false),
            new Field("t", Scalar.TEXT, false),
            new Field("from_right", Scalar.BOOLEAN, false));
    private static final Schema WINDOWED = Schema.of(
            new Field("k", Scalar.BIGINT, false),
            new Field("t", Scalar.TEXT, false),
            new Field("start", Scalar.TIMESTAMP, false),
            new Field("end", Scalar.TIMESTAMP, false));

    private static Batch batch(Schema schema, long from, long to, long step, LongFunction<List<Object>> row) {
        BatchBuilder builder = new BatchBuilder(schema, (int) ((to - from) / step) + 1);
        for (long i = from; i < to; i += step) {
            List<Object> values = row.apply(i);
            for (int c = 0; c < schema.size(); c++) {
                Values.append(schema.type(c), builder.column(c), values.get(c));
            }
            builder.endRow(0);
        }
        return builder.build();
    }

    /** Feeds all rows, then one percent of them in another form; the second snapshot must be that small. */
    private static void check(
            PlanNode node, Schema schema, LongFunction<List<Object>> row, LongFunction<List<Object>> other)
            throws Exception {
        TestContext context = new TestContext(0, 1, 0);
        Operator operator = Operators.builtin().create(node);
        operator.open(context);
        StateSource source = StateSources.of(operator, context);
        MemoryFiles files = new MemoryFiles();
        for (int from = 0; from < ROWS; from += Batch.TARGET_ROWS) {
            operator.process(0, batch(schema, from, Math.min(ROWS, from + Batch.TARGET_ROWS), 1, row), nothing -> {});
        }
        taken(source, 1, files);
        source.completed(1);
        operator.process(0, batch(schema, 0, ROWS, ROWS / FEW, other), nothing -> {});
        StateIndex index = taken(source, 2, files);
        int whole = files.size("state-1");
        int changed = files.size("state-2");
        assertTrue(changed * 20L <= whole, changed + " bytes of " + whole);
        assertTrue(changed * 300L >= whole, changed + " bytes of " + whole);

        Operator again = Operators.builtin().create(node);
        again.open(context);
        StateSources.of(again, context)
                .restore(new RestoredState(
                        context.keyGroups(),
                        List.of(new RestoredState.Part(index, files)),
                        List.of(),
                        Compression.NONE));
        assertEquals(finished(operator, node), finished(again, node));
    }

    private static StateIndex taken(StateSource source, long snapshot, MemoryFiles files) throws Exception {
        source.shared(true);
        FrozenState frozen = source.freeze(snapshot, Reuse.BACKWARD_AND_FORWARD);
        source.copyAll();
        return frozen.write(files, Compression.NONE);
    }

    /** All that comes out at the end. */
    private static List<String> finished(Operator operator, PlanNode node) {
        List<String> rows = new ArrayList<>();
        operator.watermark(Long.MAX_VALUE, out -> add(rows, out, node.schema()));
        operator.finish(out -> add(rows, out, node.schema()));
        rows.sort(null);
        return rows;
    }

    private static void add(List<String> rows, Batch batch, Schema schema) {
        for (int i = 0; i < batch.size(); i++) {
            Object[] values = new Object[schema.size()];
            for (int c = 0; c < values.length; c++) {
                values[c] = Values.read(schema.type(c), batch.column(c), i);
            }
            rows.add(batch.kind(i) + Arrays.toString(values));
        }
    }

    private static String text(long k) {
        return "text that makes a row a little longer " + k * 7919;
    }

    @Test
    void setOperations() throws Exception {
        for (SetOperationNode.Kind kind : SetOperationNode.Kind.values()) {
            SetOperationNode node = new SetOperationNode(
                    new InputStub(SIDES, ChangelogMode.APPEND), kind, true, new Emit.Final(), 0, ROW);
            check(node, SIDES, k -> List.of(k, text(k), false), k -> List.of(k, text(k), true));
        }
    }

    @Test
    void upsertsIntoChanges() throws Exception {
        NormalizeNode node = new NormalizeNode(new InputStub(ROW, ChangelogMode.UPSERT), List.of(0));
        check(node, ROW, k -> List.of(k, text(k)), k -> List.of(k, "another" + text(k)));
    }

    @Test
    void finalRows() throws Exception {
        FinalRowsNode node = new FinalRowsNode(new InputStub(ROW, ChangelogMode.RETRACT));
        check(node, ROW, k -> List.of(k, text(k)), k -> List.of(k, text(k)));
    }

    @Test
    void topOfWindows() throws Exception {
        WindowTopNNode node = new WindowTopNNode(
                new InputStub(WINDOWED, ChangelogMode.APPEND),
                new WindowSpec.Attached(2, 3),
                List.of(0),
                List.of(new SortKey(1, false, false)),
                RankFunction.ROW_NUMBER,
                1,
                2,
                false,
                WINDOWED);
        // Of each three rows of a partition two stay.
        check(
                node,
                WINDOWED,
                k -> List.of(k / 3, text(k), 0L, SECOND),
                k -> List.of(k / 3, "a better one " + k, 0L, SECOND));
    }
}
