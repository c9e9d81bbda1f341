package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ReferenceCommandsTest {

    @Test
    void connectorsAreListedAndShown() {
        Laminar all = Laminar.with("", "connectors");
        assertEquals(0, all.code());
        assertTrue(all.out().contains("single_file (source, sink, lookup)"), all.out());
        Laminar one = Laminar.with("", "connectors", "single_file");
        assertTrue(one.out().contains("path"), one.out());
        assertTrue(one.out().contains("required"), one.out());
        Laminar none = Laminar.with("", "connectors", "single_fle");
        assertEquals(1, none.code());
        assertTrue(none.err().contains("did you mean 'single_file'?"), none.err());
    }

    @Test
    void formatsAreListedAndShown() {
        assertTrue(Laminar.with("", "formats").out().contains("json (read, write)"));
        assertTrue(Laminar.with("", "formats", "json").out().contains("json.timestamp_format"));
    }

    @Test
    void functionsAreListedAndShown() {
        Laminar all = Laminar.with("", "functions");
        assertTrue(all.out().contains("lpad"), all.out());
        Laminar one = Laminar.with("", "functions", "lpad");
        assertTrue(one.out().contains("->"), one.out());
        Laminar none = Laminar.with("", "functions", "lpda");
        assertEquals(1, none.code());
        assertTrue(none.err().contains("did you mean 'lpad'?"), none.err());
    }

    @Test
    void settingsAreListed() {
        String out = Laminar.with("", "config").out();
        assertTrue(out.contains("checkpoint_interval"), out);
        assertTrue(out.contains("default '10 s'"), out);
    }

    @Test
    void referencesAreDataToo() throws Exception {
        JsonMapper json = JsonMapper.builder().build();
        var connector = json.readTree(Laminar.with("", "connectors", "single_file", "--output", "json")
                .out());
        assertEquals("path", connector.at("/options/0/name").asText(), connector.toString());
        var format = json.readTree(
                Laminar.with("", "formats", "json", "--output", "json").out());
        assertEquals("json", format.get("name").asText());
        String functions = Laminar.with("", "functions", "--output", "csv").out();
        assertTrue(functions.startsWith("name,category,signatures,description\n"), functions);
        assertEquals(
                2,
                Laminar.with("", "functions", "lpad", "--output", "csv")
                        .out()
                        .lines()
                        .count());
        String settings = Laminar.with("", "config", "--output", "csv").out();
        assertTrue(settings.contains("\npipeline,checkpoint_interval,duration,"), settings);
        assertTrue(settings.contains("\nserver,server.port,"), settings);
        Laminar none = Laminar.with("", "connectors", "single_fle", "--output", "json");
        assertEquals(1, none.code());
        assertTrue(none.err().contains("did you mean 'single_file'?"), none.err());
    }

    @Test
    void helpAndVersion() {
        assertTrue(Laminar.with("").out().contains("laminar run examples/flights.sql"));
        assertTrue(Laminar.with("", "--version").out().startsWith("laminar "));
        Laminar help = Laminar.with("", "run", "--help");
        assertEquals(0, help.code());
        assertTrue(help.out().contains("--state"), help.out());
    }

    @Test
    void validateListsAllErrors() {
        Laminar fine = Laminar.with("SELECT 1 AS x;", "validate", "-");
        assertEquals(0, fine.code(), fine.err());
        Laminar wrong = Laminar.with("SELECT x FROM nope;\nSELECT lowr('A');\n", "validate", "-");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("<stdin>:1:15: LAM-2001"), wrong.err());
        assertTrue(wrong.err().contains("<stdin>:2:8: LAM-2003"), wrong.err());
        assertTrue(wrong.err().contains("2 errors"), wrong.err());
    }

    @Test
    void validateShowsTheGraph() throws Exception {
        String sql = "SELECT x, count(*) AS n FROM (VALUES (1), (2)) AS t (x) GROUP BY x;";
        Laminar json = Laminar.with(sql, "validate", "-", "--format", "json");
        assertEquals(0, json.code(), json.err());
        var checked = JsonMapper.builder().build().readTree(json.out());
        assertTrue(checked.get("valid").asBoolean(), json.out());
        assertTrue(checked.get("errors").isEmpty(), json.out());
        assertEquals(
                List.of("Values", "Exchange", "Aggregate", "Sink"),
                checked.at("/graph/nodes").findValuesAsText("name"));
        for (String end : List.of("from", "to")) {
            assertTrue(
                    checked.at("/graph/nodes")
                            .findValuesAsText("id")
                            .containsAll(checked.at("/graph/edges").findValuesAsText(end)),
                    json.out());
        }
        assertEquals(3, checked.at("/graph/edges").size(), json.out());
        for (String form : List.of("dot", "svg")) {
            assertEquals(
                    Laminar.with(sql, "explain", "-", "--format", form).out(),
                    Laminar.with(sql, "validate", "-", "--format", form).out());
        }
    }

    @Test
    void validateSaysErrorsAsDataToo() throws Exception {
        String sql = "SELECT x FROM nope;\nSELECT lowr('A');\n";
        Laminar json = Laminar.with(sql, "validate", "-", "--format", "json");
        assertEquals(2, json.code());
        assertEquals("", json.err());
        var checked = JsonMapper.builder().build().readTree(json.out());
        assertFalse(checked.get("valid").asBoolean(), json.out());
        assertFalse(checked.has("graph"), json.out());
        assertEquals(List.of("LAM-2001", "LAM-2003"), checked.get("errors").findValuesAsText("code"));
        assertEquals(2, checked.at("/errors/1/details/line").asInt(), json.out());
        assertEquals(8, checked.at("/errors/1/details/column").asInt(), json.out());
        Laminar svg = Laminar.with(sql, "validate", "-", "--format", "svg");
        assertEquals(2, svg.code());
        assertEquals("", svg.out());
        assertTrue(svg.err().contains("<stdin>:2:8: LAM-2003"), svg.err());
    }

    @Test
    void explainHasFourForms() throws Exception {
        String sql = "SELECT x, count(*) AS n FROM (VALUES (1), (2)) AS t (x) GROUP BY x;";
        Laminar text = Laminar.with(sql, "explain", "-");
        assertEquals(0, text.code(), text.err());
        assertTrue(text.out().contains("preview"), text.out());
        assertTrue(Laminar.with(sql, "explain", "-", "--format", "json").out().contains("\"nodes\""));
        assertTrue(Laminar.with(sql, "explain", "-", "--format", "dot").out().startsWith("digraph"));
        String svg = Laminar.with(sql, "explain", "-", "--format", "svg").out();
        var picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        var graph = JsonMapper.builder()
                .build()
                .readTree(Laminar.with(sql, "explain", "-", "--format", "json").out());
        assertEquals(
                graph.get("nodes").size(), picture.getElementsByTagName("g").getLength());
        // The tip of arrows is a path too.
        assertEquals(
                graph.get("edges").size() + 1,
                picture.getElementsByTagName("path").getLength());
    }
}
