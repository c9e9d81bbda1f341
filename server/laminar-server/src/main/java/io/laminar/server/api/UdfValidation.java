package io.laminar.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a function.
 *
 * @param errors with their places in the definition
 */
public record UdfValidation(boolean valid, @Nullable String name, List<ErrorAnswer.Problem> errors) {}
