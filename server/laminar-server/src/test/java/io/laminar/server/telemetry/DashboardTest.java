package io.laminar.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.laminar.server.Api;
import io.laminar.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard, the alerts and the page about monitoring speak of metrics that there are. */
class DashboardTest {
    private static final Path PROJECT = Path.of("../..");
    private static final Pattern NAME = Pattern.compile("\\blaminar_[a-z0-9_]+");

    /** Figures that only some sources and sinks have, so that they are not on every page. */
    private static final Set<String> SOMETIMES = Set.of("source_lag_records", "latency_p99_seconds");

    @TempDir
    Path folder;

    /** Names on the page of a server with a job that runs. */
    private Set<String> given() {
        try (TestServer server = TestServer.start(folder.resolve("data"))) {
            Api api = server.api();
            String query =
                    "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 100);"
                            + "CREATE TABLE out (counter BIGINT) WITH (connector = 'single_file', path = '"
                            + folder.resolve("out") + "', format = 'json'); INSERT INTO out SELECT counter FROM ticks;";
            String id = api.post("/pipelines", Api.json(Map.of("name", "ticks", "query", query)))
                    .is(201)
                    .json()
                    .get("id")
                    .asText();
            String job = api.awaitState(id, "Running").json().get("job_id").asText();
            api.await(
                    "/jobs/" + job + "/metrics",
                    json -> json.at("/total/rows_out").asLong() > 0);
            return names(api.get("/metrics").is(200).text().replaceAll("(?m)^#.*$", ""));
        }
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher found = NAME.matcher(text);
        while (found.find()) {
            names.add(found.group());
        }
        return names;
    }

    @Test
    void everyMetricThatIsAskedForIsGiven() throws IOException {
        Set<String> given = given();
        PrometheusPage.COUNTERS
                .keySet()
                .forEach(name -> assertTrue(
                        given.contains("laminar_operator_" + name + "_total"), () -> name + " is not in " + given));
        for (String name : PrometheusPage.GAUGES.keySet()) {
            if (SOMETIMES.contains(name)) {
                given.add("laminar_operator_" + name);
            }
        }
        Set<String> asked = new TreeSet<>();
        List<String> expressions = expressions();
        assertTrue(expressions.size() > 20, expressions.toString());
        expressions.forEach(expression -> asked.addAll(names(expression)));
        assertTrue(given.containsAll(asked), () -> {
            asked.removeAll(given);
            return asked + " are asked for, but are not in " + given;
        });
        // And the other way: what is given can be seen.
        given.removeAll(asked);
        assertEquals(Set.of("laminar_build_info", "laminar_operator_bytes_in_total"), given);
    }

    @Test
    void thePageNamesNoOthers() throws IOException {
        Set<String> page = names(Files.readString(PROJECT.resolve("docs/tutorials/monitoring.md")));
        Set<String> given = given();
        SOMETIMES.forEach(name -> given.add("laminar_operator_" + name));
        page.removeAll(given);
        assertEquals(Set.of(), page);
    }

    /** What the panels of the dashboard show and the alerts look at. */
    private static List<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        JsonNode dashboard = JsonMapper.builder()
                .build()
                .readTree(PROJECT.resolve("deploy/grafana/laminar.json").toFile());
        dashboard.get("panels").forEach(panel -> panel.get("targets")
                .forEach(target -> expressions.add(target.get("expr").asText())));
        dashboard
                .at("/templating/list")
                .forEach(list -> expressions.add(list.get("query").asText()));
        JsonNode rules = new YAMLMapper()
                .readTree(PROJECT.resolve("deploy/prometheus/laminar.rules.yml").toFile());
        rules.at("/groups/0/rules")
                .forEach(rule -> expressions.add(rule.get("expr").asText()));
        return expressions;
    }
}
