package io.laminar.server.api;

import java.util.List;

/**
 * What a change of the query means for the state of the operators.
 *
 * @param kept operators that go on with their state
 * @param empty operators with state that start without
 * @param dropped operators whose state nobody takes over
 */
public record StateReportResource(List<String> kept, List<String> empty, List<String> dropped) {}
