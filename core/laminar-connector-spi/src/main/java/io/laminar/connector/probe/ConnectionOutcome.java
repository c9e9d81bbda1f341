package io.laminar.connector.probe;

import java.time.Duration;
import java.util.List;

/**
 * How a connection went.
 *
 * @param latency from the first request to the last answer
 * @param systems those that answered: the outside system, and a schema registry if the options name one
 */
public record ConnectionOutcome(Duration latency, List<SystemReport> systems) {
    public ConnectionOutcome {
        systems = List.copyOf(systems);
    }
}
