package io.laminar.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to every request that is refused. */
public record ErrorAnswer(Problem error) {

    /**
     * What is wrong.
     *
     * @param code for example {@code LAM-2004}
     * @param type the kind of error, by status
     */
    public record Problem(String code, String type, String message, Details details) {}

    /**
     * Where, and what helps.
     *
     * @param line of a SQL text, from 1
     * @param column of the line, from 1
     * @param errors all of them, if there are several
     */
    public record Details(
            @Nullable Integer line,
            @Nullable Integer column,
            @Nullable Integer endLine,
            @Nullable Integer endColumn,
            @Nullable String place,
            @Nullable String hint,
            @Nullable List<Problem> errors) {}
}
