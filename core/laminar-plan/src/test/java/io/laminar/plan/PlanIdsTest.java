package io.laminar.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanIdsTest {
    private static PlanNode values(long value) {
        return new ValuesNode(
                Schema.of(new Field("a", Scalar.BIGINT)),
                List.of(List.of(new Expression.Literal(value, Scalar.BIGINT))));
    }

    private static PlanNode limit(PlanNode input, long limit) {
        return new SortLimitNode(input, List.of(new SortKey(0, false, false)), 0, limit);
    }

    @Test
    void equalComputationsHaveOneName() {
        assertEquals(new PlanIds().of(limit(values(1), 3)), new PlanIds().of(limit(values(1), 3)));
    }

    @Test
    void whatANodeDoesAndWhatItReadsDecideItsName() {
        PlanIds ids = new PlanIds();
        String id = ids.of(limit(values(1), 3));
        assertNotEquals(id, ids.of(limit(values(1), 4)));
        assertNotEquals(id, ids.of(limit(values(2), 3)));
    }

    @Test
    void howASystemIsReachedDoesNot() {
        Option server = Option.text("server", "").asAccess();
        Option password = Option.text("password", "").asSecret();
        Option topic = Option.text("topic", "");
        OptionValues options =
                OptionValues.EMPTY.with(topic, "a").with(server, "here").with(password, "old");
        String id = new PlanIds().of(source(options));
        assertEquals(id, new PlanIds().of(source(options.with(server, "there").with(password, "new"))));
        assertNotEquals(id, new PlanIds().of(source(options.with(topic, "b"))));
        assertFalse(source(options).toString().contains("old"));
    }

    @Test
    void aSourceGoesOnWhateverColumnsOfItAreRead() {
        PlanNode one = source(OptionValues.EMPTY, "a");
        PlanNode other = source(OptionValues.EMPTY, "b");
        assertEquals(new PlanIds().of(one), new PlanIds().of(other));
        assertNotEquals(new PlanIds().of(limit(one, 3)), new PlanIds().of(limit(other, 3)));
        PlanIds both = new PlanIds();
        assertNotEquals(both.of(one), both.of(other));
        assertEquals(both.of(one), new PlanIds().of(one));
        assertEquals(both.of(other), both.of(other));
    }

    @Test
    void aSinkIsTheSameWhateverFillsIt() {
        TableDescriptor table = ((SourceNode) source(OptionValues.EMPTY)).table();
        PlanNode one = new SinkNode(values(1), table);
        PlanNode other = new SinkNode(values(2), table);
        assertEquals(new PlanIds().of(one), new PlanIds().of(other));
        PlanIds both = new PlanIds();
        assertNotEquals(both.of(one), both.of(other));
    }

    private static PlanNode source(OptionValues options) {
        return source(options, "a");
    }

    private static PlanNode source(OptionValues options, String column) {
        TableDescriptor table = new TableDescriptor(
                "t",
                "test",
                Schema.of(new Field(column, Scalar.BIGINT)),
                Map.of(),
                List.of(),
                List.of(),
                options,
                null,
                BadDataPolicy.FAIL);
        return new SourceNode(table, new WatermarkSpec(null, null, 0, 0), false, ChangelogMode.APPEND);
    }
}
