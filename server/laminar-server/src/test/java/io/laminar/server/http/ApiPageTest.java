package io.laminar.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of the API is made of the OpenAPI document. */
class ApiPageTest {
    private static final Path DOCUMENT = Path.of("src/main/resources/io/laminar/server/openapi.json");
    private static final Path PAGE = Path.of("../../docs/reference/api.md");
    private static final String OF_A_JOB = "/pipelines/{id}/jobs/{job_id}";

    private static final String START = """
            # HTTP API

            Generated from `openapi.json` by `ApiPageTest`; do not edit.

            All paths begin with `/api/v1`. Calls carry `Authorization: Bearer TOKEN`; bodies and answers are JSON, times are
            RFC 3339 in UTC, durations microseconds. `GET /openapi.json` gives the whole document with all fields, `/docs` a page
            to try it out, `/metrics` the figures for Prometheus; [a tutorial](../tutorials/first-pipeline.md) shows the calls at
            work.

            A refused call answers with `{"error": {"code", "type", "message", "details": {"hint", ...}}}`. Lists have `data` and
            `has_more`; `limit` and `starting_after` (the id of the last one) turn the page. `{id}` is the id of the
            resource. Roles: a developer may do what a viewer may, an administrator everything.

            Everything under `/jobs/{id}` is also found under `/pipelines/{id}/jobs/{job_id}`.
            """;

    @Test
    void thePageIsThatOfTheDocument() throws IOException {
        String page = page(JsonMapper.builder().build().readTree(DOCUMENT.toFile()));
        if (Boolean.getBoolean("laminar.update")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page, "run this test with -Dlaminar.update=true");
    }

    private static String page(JsonNode document) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        document.get("tags").forEach(tag -> rows.put(tag.get("name").asText(), new ArrayList<>()));
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(call -> !path.getKey().startsWith(OF_A_JOB))
                .forEach(call -> rows.get(call.getValue().at("/tags/0").asText())
                        .add(row(call.getKey(), path.getKey(), call.getValue()))));
        StringBuilder page = new StringBuilder(START);
        rows.forEach((tag, calls) -> page.append("\n## ")
                .append(tag.replace('_', ' '))
                .append("\n\n| call | role | what it does | query | body | answer |\n|---|---|---|---|---|---|\n")
                .append(String.join("", calls)));
        return page.toString();
    }

    private static String row(String method, String path, JsonNode call) {
        List<String> query = new ArrayList<>();
        call.get("parameters").forEach(parameter -> {
            if (parameter.get("in").asText().equals("query")) {
                query.add("`" + parameter.get("name").asText() + "`");
            }
        });
        return "| `%s %s` | %s | %s | %s | %s | %s |%n"
                .formatted(
                        method.toUpperCase(Locale.ROOT),
                        path,
                        role(call.get("description").asText()),
                        call.get("summary").asText(),
                        String.join(" ", query),
                        schema(call.at("/requestBody/content")),
                        answer(call.get("responses")));
    }

    private static String role(String description) {
        return description.startsWith("Open") ? "none" : description.split(" ")[3];
    }

    private static String answer(JsonNode responses) {
        var good = responses.properties().stream()
                .filter(one -> one.getKey().startsWith("2"))
                .findFirst()
                .orElseThrow();
        JsonNode content = good.getValue().path("content");
        String events = content.has("text/event-stream") ? " events" : "";
        return (good.getKey() + events + " " + schema(content)).strip();
    }

    private static String schema(JsonNode content) {
        return content.properties().stream()
                .map(type -> type.getValue().at("/schema/$ref").asText())
                .filter(reference -> !reference.isEmpty())
                .map(reference -> "`" + reference.substring(reference.lastIndexOf('/') + 1) + "`")
                .findFirst()
                .orElse("");
    }
}
