package io.laminar.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a query.
 *
 * @param graph how it would run; none if there are errors or nothing runs
 * @param errors all of them, in the order of their places
 * @param uses stored tables, profiles and functions it names
 */
public record QueryValidation(
        boolean valid,
        @Nullable GraphResource graph,
        List<ErrorAnswer.Problem> errors,
        List<String> warnings,
        List<String> uses) {}
