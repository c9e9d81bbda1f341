package io.laminar.testing.slt;

import io.laminar.testing.text.ValueReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the commands of a file. Directives begin in the first column; what follows belongs to the one before. */
final class SltParser {

    private static final Pattern DIRECTIVE =
            Pattern.compile("^(statement (ok|error)\\b|pipeline\\b|query$|query\\s+#|feed\\s|watermark\\s|checkpoint\\b"
                    + "|clock\\s|expect\\s).*");
    private static final Pattern CHANGE = Pattern.compile("^(\\+I|-U|\\+U|-D)( .*)?$");
    private static final Pattern CODE = Pattern.compile("LAM-\\d{4}");
    private static final Pattern POSITION = Pattern.compile("\\d+:\\d+");
    private static final String WHERE_TO =
            "statement ok|error, pipeline, query, feed, watermark, checkpoint, clock, expect";

    private final Path file;
    private final List<String> lines;
    private final List<SltCommand> commands = new ArrayList<>();
    private int at;

    private SltParser(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    static List<SltCommand> parse(Path file) {
        try {
            return parse(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<SltCommand> parse(Path file, List<String> lines) {
        SltParser parser = new SltParser(file, lines);
        parser.read();
        return List.copyOf(parser.commands);
    }

    private void read() {
        while (at < lines.size()) {
            String line = lines.get(at);
            if (isBlank(line)) {
                at++;
            } else if (DIRECTIVE.matcher(line).matches()) {
                directive(withoutComment(line));
            } else if (CHANGE.matcher(line).matches()) {
                moreRows();
            } else {
                throw error(at + 1, "a directive is expected here: " + WHERE_TO);
            }
        }
    }

    private void directive(String text) {
        String[] words = text.split("\\s+", 0);
        int line = at + 1;
        at++;
        switch (words[0]) {
            case "statement" -> statement(line, words, text);
            case "pipeline" -> pipeline(line, words);
            case "query" -> commands.add(new SltCommand.Pipeline(line, "result", sql(line)));
            case "feed" -> feed(line, words);
            case "watermark" -> {
                count(line, words, 3, "watermark TABLE TIME");
                long time = words[2].equals("max") ? Long.MAX_VALUE : time(line, words[2]);
                commands.add(new SltCommand.Watermark(line, words[1], time));
            }
            case "checkpoint" -> {
                count(line, words, 1, "checkpoint");
                commands.add(new SltCommand.Checkpoint(line));
            }
            case "clock" -> {
                count(line, words, 2, "clock TIME");
                commands.add(new SltCommand.Clock(line, time(line, words[1])));
            }
            default -> expect(line, words, text);
        }
    }

    private void statement(int line, String[] words, String text) {
        if (words[1].equals("ok")) {
            count(line, words, 2, "statement ok");
            commands.add(new SltCommand.Statement(line, sql(line)));
            return;
        }
        String code = code(line, words, 2);
        boolean positioned = words.length > 3 && POSITION.matcher(words[3]).matches();
        Optional<String> position = positioned ? Optional.of(words[3]) : Optional.empty();
        commands.add(new SltCommand.StatementError(line, code, position, rest(text, positioned ? 4 : 3), sql(line)));
    }

    private void pipeline(int line, String[] words) {
        if (words.length != 2 || !words[1].startsWith("sink=") || words[1].length() == 5) {
            throw error(line, "written as: pipeline sink=NAME");
        }
        commands.add(new SltCommand.Pipeline(line, words[1].substring(5), sql(line)));
    }

    private void feed(int line, String[] words) {
        boolean hasFile = words.length == 3 && words[2].startsWith("file=");
        if (words.length != 2 && !hasFile) {
            throw error(line, "written as: feed TABLE [file=PATH]");
        }
        Optional<String> path = hasFile ? Optional.of(words[2].substring(5)) : Optional.empty();
        commands.add(new SltCommand.Feed(line, words[1], path, changes()));
    }

    /** Rows after a watermark or checkpoint go on feeding the table that was fed last. */
    private void moreRows() {
        for (int i = commands.size() - 1; i >= 0; i--) {
            SltCommand command = commands.get(i);
            if (command instanceof SltCommand.Feed feed) {
                commands.add(new SltCommand.Feed(at + 1, feed.table(), Optional.empty(), changes()));
                return;
            }
            if (command instanceof SltCommand.Pipeline) {
                break;
            }
        }
        throw error(at + 1, "a row, but no table is being fed: write 'feed TABLE' before it");
    }

    private void expect(int line, String[] words, String text) {
        switch (words[1]) {
            case "rows", "changelog" -> {
                if (words.length > 3) {
                    throw error(line, "written as: expect " + words[1] + " [SINK]");
                }
                Optional<String> sink = words.length == 3 ? Optional.of(words[2]) : Optional.empty();
                commands.add(new SltCommand.ExpectRows(line, words[1].equals("changelog"), sink, body()));
            }
            case "metric" -> {
                count(line, words, 4, "expect metric NAME VALUE");
                commands.add(new SltCommand.ExpectMetric(line, words[2], number(line, words[3])));
            }
            case "error" -> commands.add(new SltCommand.ExpectError(line, code(line, words, 2), rest(text, 3)));
            default -> throw error(line, "what is expected? rows, changelog, metric or error");
        }
    }

    private SltCommand.Sql sql(int line) {
        List<SltCommand.Row> body = body();
        if (body.isEmpty()) {
            throw error(line, "SQL is expected below");
        }
        int start = body.get(0).line();
        int end = body.get(body.size() - 1).line();
        return new SltCommand.Sql(start, String.join("\n", lines.subList(start - 1, end)));
    }

    /** The lines up to the next directive, without blank lines and comments. */
    private List<SltCommand.Row> body() {
        List<SltCommand.Row> rows = new ArrayList<>();
        while (at < lines.size() && !DIRECTIVE.matcher(lines.get(at)).matches()) {
            if (!isBlank(lines.get(at))) {
                rows.add(new SltCommand.Row(at + 1, lines.get(at)));
            }
            at++;
        }
        return rows;
    }

    private List<SltCommand.Row> changes() {
        List<SltCommand.Row> rows = new ArrayList<>();
        while (at < lines.size() && !DIRECTIVE.matcher(lines.get(at)).matches()) {
            String line = lines.get(at);
            if (CHANGE.matcher(line).matches()) {
                rows.add(new SltCommand.Row(at + 1, line));
            } else if (!isBlank(line)) {
                throw error(at + 1, "a fed row begins with +I, -U, +U or -D");
            }
            at++;
        }
        return rows;
    }

    private static boolean isBlank(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    private static String withoutComment(String line) {
        int comment = line.indexOf(" #");
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }

    private static Optional<String> rest(String text, int words) {
        Matcher matcher = Pattern.compile("^(\\S+\\s+){" + words + "}(.+)$").matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
    }

    private String code(int line, String[] words, int position) {
        if (words.length <= position || !CODE.matcher(words[position]).matches()) {
            throw error(line, "an error code is expected, for example LAM-2004");
        }
        return words[position];
    }

    private long time(int line, String text) {
        try {
            return ValueReader.timestamp(text);
        } catch (RuntimeException e) {
            throw new SltException(file, line, "'" + text + "' is no time: " + e.getMessage(), e);
        }
    }

    private long number(int line, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new SltException(file, line, "'" + text + "' is no number", e);
        }
    }

    private void count(int line, String[] words, int expected, String form) {
        if (words.length != expected) {
            throw error(line, "written as: " + form);
        }
    }

    private SltException error(int line, String message) {
        return new SltException(file, line, message);
    }
}
