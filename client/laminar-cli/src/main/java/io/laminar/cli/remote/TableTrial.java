package io.laminar.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.laminar.client.Events;
import io.laminar.client.LaminarClient;
import io.laminar.client.model.TestTable;
import java.io.PrintStream;
import java.util.Optional;

/** Tries a table: tells each step as it is done, then shows the rows that were read. */
final class TableTrial {
    private final LaminarClient client;
    private final ServerChoice server;
    private boolean changes;

    TableTrial(LaminarClient client, ServerChoice server) {
        this.client = client;
        this.server = server;
    }

    void run(TestTable wanted) {
        ObjectNode page = client.json().createObjectNode();
        ArrayNode tables = page.putArray("tables");
        ArrayNode rows = page.putArray("rows");
        try (Events events = client.testTable(wanted)) {
            for (Optional<Events.Event> next = events.next(); next.isPresent(); next = events.next()) {
                JsonNode data = next.get().data();
                switch (next.get().name()) {
                    case "step" -> step(data);
                    case "table" -> tables.add(data);
                    case "row" -> {
                        rows.add(data);
                        changes |= !data.path("kind").asText().equals("+I");
                    }
                    default -> {
                        // Its end; a later server may tell more.
                    }
                }
            }
        }
        int width = server.terminal().outIsTerminal() ? server.terminal().width() : 0;
        new EventRows(server.output(), server.terminal().out(), width, 0, changes).printPage(page);
    }

    private void step(JsonNode step) {
        PrintStream err = server.terminal().err();
        err.println(step.path("step").asText() + ": ok in "
                + Spans.ofMicros(step.path("latency_micros").asLong()));
        step.path("facts")
                .properties()
                .forEach(fact -> err.println(
                        "  " + fact.getKey() + ": " + fact.getValue().asText()));
    }
}
