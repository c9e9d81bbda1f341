package io.laminar.flink.logs;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something a job has logged.
 *
 * @param logger simple name of the class that says it
 * @param message may have several lines: a stack trace comes last
 */
public record LogLine(Instant time, LogLevel level, String logger, String thread, String message) {
    private static final Pattern FIRST_LINE = Pattern.compile("(\\S+) (\\w+) +(\\S+) \\[([^\\]]*)\\] (.*)");

    /** As in files. */
    String text() {
        return String.format("%s %-5s %s [%s] %s", time, level, logger, thread.replace(']', ')'), message);
    }

    /** Reads the first line of what {@link #text} gave; empty if it is one of the following. */
    static Optional<LogLine> parse(String line) {
        Matcher parts = FIRST_LINE.matcher(line);
        if (!parts.matches()
                || Stream.of(LogLevel.values()).noneMatch(level -> level.name().equals(parts.group(2)))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LogLine(
                    Instant.parse(parts.group(1)),
                    LogLevel.valueOf(parts.group(2)),
                    parts.group(3),
                    parts.group(4),
                    parts.group(5)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    LogLine withNext(String line) {
        return new LogLine(time, level, logger, thread, message + '\n' + line);
    }
}
