package io.laminar.server.api;

import java.util.List;

/**
 * Names that are there in an outside system.
 *
 * @param kinds what can be asked for
 */
public record Suggestions(List<String> kinds, List<Name> names) {

    public record Name(String name, String detail) {}
}
