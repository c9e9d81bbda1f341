package io.laminar.testing.slt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.testing.text.TextRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The test connector on Flink: rows go through an exchange and come out once, whether the job ends or not. */
class FlinkRunTest {

    private static final Schema SCHEMA = Schema.of(new Field("k", Scalar.BIGINT), new Field("s", Scalar.TEXT));

    private static FlinkRuns flink;

    @BeforeAll
    static void start() {
        flink = new FlinkRuns();
    }

    @AfterAll
    static void stop() {
        flink.close();
    }

    private static TableDescriptor table(String name, boolean bounded) {
        return new TableDescriptor(
                name,
                "test",
                SCHEMA,
                Map.of(),
                List.of(),
                List.of(),
                new OptionValues(Map.of("bounded", bounded)),
                null,
                BadDataPolicy.FAIL);
    }

    private static CompiledCase compiled(boolean bounded, String script) {
        SourceNode source =
                new SourceNode(table("t", bounded), new WatermarkSpec(null, null, 0, 0), bounded, ChangelogMode.APPEND);
        SinkNode sink = new SinkNode(new ExchangeNode(source, new Distribution.Keyed(List.of(0))), table("out", false));
        SltCase source1 = SltCase.of(
                        Path.of("x.slt"),
                        SltParser.parse(Path.of("x.slt"), script.lines().toList()))
                .get(0);
        Map<SltCommand, CompiledCase.Feed> feeds = new HashMap<>();
        for (SltCommand command : source1.script()) {
            if (command instanceof SltCommand.Feed feed) {
                feeds.put(
                        feed,
                        new CompiledCase.Feed(
                                SCHEMA,
                                feed.rows().stream()
                                        .map(r -> TextRow.parseChange(r.text(), SCHEMA))
                                        .toList()));
            }
        }
        return new CompiledCase(source1, new StreamPlan(List.of(sink), PipelineSettings.DEFAULTS), feeds);
    }

    private static final String SCRIPT = """
            pipeline sink=out
            SELECT k, s FROM t
            feed t
            +I 1 a
            +I 2 b
            watermark t 00:00:10
            +I 1 'c d'
            checkpoint
            +I 3 NULL
            expect rows
            """;

    @Test
    void anEndlessJobGivesWhatItsLastCheckpointCommitted() {
        check(flink.run(compiled(false, SCRIPT)));
    }

    @Test
    void aBoundedJobRunsToItsEnd() {
        check(flink.run(compiled(true, SCRIPT)));
    }

    private static void check(Outcome outcome) {
        assertTrue(outcome.error().isEmpty(), () -> outcome.error().toString());
        List<String> rows = new ArrayList<>();
        outcome.changes().getOrDefault("out", List.of()).forEach(r -> rows.add(r.text(SCHEMA)));
        rows.sort(null);
        assertEquals(List.of("1 'c d'", "1 a", "2 b", "3 NULL"), rows);
    }
}
