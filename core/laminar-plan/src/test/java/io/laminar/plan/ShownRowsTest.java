package io.laminar.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownRowsTest {
    private static final Schema SCHEMA = Schema.of(new Field("n", Scalar.BIGINT));

    private static SinkNode sink(String name, String connector) {
        TableDescriptor table = new TableDescriptor(
                name,
                connector,
                SCHEMA,
                Map.of(),
                List.of("n"),
                List.of(),
                OptionValues.EMPTY,
                null,
                BadDataPolicy.FAIL);
        return new SinkNode(new ValuesNode(SCHEMA, List.of()), table);
    }

    private static final StreamPlan PLAN =
            new StreamPlan(List.of(sink("preview", "preview"), sink("orders", "kafka")), PipelineSettings.DEFAULTS);

    @Test
    void plainQueriesGetAChannelOfTheirOwn() {
        StreamPlan plan = ShownRows.on("job 1", PLAN);
        assertEquals(PLAN.sinks().get(1), plan.sinks().get(1));
        assertEquals(
                new OptionValues(Map.of("channel", "job 1")),
                plan.sinks().get(0).table().options());
        assertEquals(PLAN.sinks().get(0).input(), plan.sinks().get(0).input());
    }

    @Test
    void noSinkIsLeftOn() {
        StreamPlan plan = ShownRows.instead("job 1", PLAN);
        assertFalse(ShownRows.isShown(PLAN.sinks().get(1).table()));
        assertTrue(plan.sinks().stream().allMatch(sink -> ShownRows.isShown(sink.table())));
        assertEquals(
                List.of("preview", "orders"),
                plan.sinks().stream().map(sink -> sink.table().name()).toList());
        assertEquals(SCHEMA, plan.sinks().get(1).table().schema());
    }
}
