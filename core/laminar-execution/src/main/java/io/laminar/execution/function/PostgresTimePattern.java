package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;

/** A pattern of {@code to_char}: the letters of Postgres, or of strftime if there is a % in it. */
public record PostgresTimePattern(TimePattern pattern) {

    public static PostgresTimePattern prepare(Slice text) {
        String pattern = text.toString();
        return new PostgresTimePattern(
                pattern.indexOf('%') >= 0
                        ? TimePattern.of(pattern, TimePatternParser.strftime(pattern))
                        : TimePattern.of(pattern, TimePatternParser.postgres(pattern)));
    }
}
