package io.laminar.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.explain.PlanGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What JSON and DOT tell of a plan; texts are in the golden files. */
class ExplainFormsTest {
    private static final String TABLES = """
            CREATE TABLE bids (id BIGINT NOT NULL, auction INT, price BIGINT, name TEXT, at TIMESTAMP, WATERMARK FOR at)
              WITH (connector = 'stream');
            CREATE TABLE keyed (name TEXT PRIMARY KEY, n BIGINT) WITH (connector = 'keyed');
            CREATE TABLE changes (name TEXT, n BIGINT) WITH (connector = 'changes');
            """;

    private static StreamPlan plan(String sql) {
        return PipelineCompiler.compile(TABLES + sql, PlannerContext.of(new TestConnectors()))
                .plan();
    }

    private static PlanGraph.Node node(PlanGraph graph, String details) {
        List<PlanGraph.Node> found = graph.nodes().stream()
                .filter(node -> (node.name() + ": " + node.details()).startsWith(details))
                .toList();
        assertEquals(1, found.size(), graph.json());
        return found.get(0);
    }

    @Test
    void changesTheirKeysAndWhatIsKept() {
        PlanGraph graph = PlanGraph.of(plan("INSERT INTO keyed SELECT name, count(*) FROM bids GROUP BY name;"));
        PlanGraph.Node counts = node(graph, "Aggregate");
        assertEquals("upsert", counts.changelog());
        assertEquals(List.of(List.of("name")), counts.upsertKeys());
        assertEquals("a group per key", counts.state());
        assertEquals("1 day", counts.kept());
        String json = graph.json();
        assertTrue(json.contains("\"changelog\": \"upsert\", \"upsert_keys\": [[\"name\"]]"), json);
        assertTrue(json.contains("\"state\": \"a group per key\", \"kept\": \"1 day\""), json);
        assertTrue(json.contains("\"columns\": [\"name TEXT\", \"at TIMESTAMP\"]"), "what is read: " + json);
        String dot = graph.dot();
        assertTrue(dot.contains("\\nupsert by [name]\\nstate: a group per key, kept 1 day\"]"), dot);
    }

    @Test
    void whatAHintKeeps() {
        PlanGraph graph = PlanGraph.of(
                plan("SELECT /*+ ttl('1 hour') */ a.id, b.price FROM bids AS a JOIN bids AS b ON a.id = b.id;"));
        assertEquals("1 hour", node(graph, "Join").kept());
    }

    @Test
    void sharedStepsHaveTheNumbersOfTheText() {
        StreamPlan plan = plan("INSERT INTO keyed SELECT name, count(*) FROM bids GROUP BY name;"
                + "INSERT INTO changes SELECT name, count(*) FROM bids GROUP BY name;");
        String text = ExplainTree.of(plan);
        assertTrue(text.contains("#1 Aggregate: "), text);
        assertTrue(text.contains("<changelog by [name]>"), text);
        PlanGraph graph = PlanGraph.of(plan);
        assertEquals(1, node(graph, "Aggregate").mark());
        assertEquals(2, node(graph, "Aggregate").readers());
        assertEquals(0, node(graph, "Source").mark());
        assertTrue(graph.json().contains("\"readers\": 2, \"mark\": 1"), graph.json());
        assertTrue(graph.dot().contains("[label=\"#1 Aggregate\\n"), graph.dot());
    }

    @Test
    void partsOfAggregations() {
        PlanGraph local = PlanGraph.of(plan("SET local_aggregation = 'on';"
                + "SELECT w, name, count(*) FROM (SELECT *, tumble(INTERVAL '1 m') AS w FROM bids) GROUP BY w, name;"));
        assertEquals(List.of("local", "global"), splits(local));
        assertTrue(local.dot().contains("[label=\"WindowAggregate (local)\\n"), local.dot());
        PlanGraph distinct = PlanGraph.of(
                plan("SET distinct_split = true; SELECT name, count(DISTINCT id) FROM bids GROUP BY name;"));
        assertEquals(List.of("distinct by bucket", "distinct over buckets"), splits(distinct));
        assertTrue(distinct.json().contains("\"split\": \"distinct by bucket\", \"note\": \"\""), distinct.json());
    }

    private static List<String> splits(PlanGraph graph) {
        return graph.nodes().stream()
                .map(PlanGraph.Node::split)
                .filter(split -> !split.isEmpty())
                .toList();
    }

    @Test
    void whyDifferentValuesAreNotSplit() {
        assertEquals("string_agg does not add up", note("count(DISTINCT id), string_agg(name, ',')", ""));
        assertEquals(
                "avg of DECIMAL(10, 2) does not add up",
                note("count(DISTINCT id), avg(CAST(price AS DECIMAL(10, 2)))", ""));
        assertEquals("values of type BOOLEAN have no buckets", note("count(DISTINCT id > 3)", ""));
        assertEquals(
                "sessions of the buckets of a key are not those of the key",
                note("count(DISTINCT id)", ", session(INTERVAL '1 m')"));
        PlanGraph unasked = PlanGraph.of(plan("SELECT name, count(DISTINCT id), avg(price) FROM bids GROUP BY name;"));
        assertEquals("", node(unasked, "Aggregate").note());
    }

    private static String note(String calls, String window) {
        StreamPlan plan =
                plan("SET distinct_split = true; SELECT name, " + calls + " FROM bids GROUP BY name" + window + ";");
        PlanGraph graph = PlanGraph.of(plan);
        List<String> notes = graph.nodes().stream()
                .map(PlanGraph.Node::note)
                .filter(note -> !note.isEmpty())
                .toList();
        assertEquals(1, notes.size(), graph.json());
        assertTrue(ExplainTree.of(plan).contains("  {note: " + notes.get(0) + "}"), ExplainTree.of(plan));
        assertTrue(graph.json().contains("\"note\": \"" + notes.get(0) + "\""), graph.json());
        assertTrue(graph.dot().contains("\\n" + notes.get(0) + "\"]"), graph.dot());
        String start = "distinct values are not split: ";
        assertTrue(notes.get(0).startsWith(start), notes.get(0));
        return notes.get(0).substring(start.length());
    }
}
