package io.laminar.cli.shell;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes keywords, functions and names. */
final class WordCompleter implements Completer {
    private static final List<String> KEYWORDS = List.of((""
                    + "ALL AND AS ASC BETWEEN BIGINT BOOLEAN BY BYTES CASE CAST CREATE CROSS DATE DECIMAL DESC DISTINCT"
                    + " DOUBLE DROP ELSE EMIT CHANGES END EXCEPT EXISTS EXPLAIN FALSE FILTER FLOAT FOR FROM FULL FUNCTION"
                    + " GROUP HAVING IN INNER INSERT INT INTERSECT INTERVAL INTO IS JOIN LANGUAGE LATERAL LEFT LIKE LIMIT"
                    + " MATCH_RECOGNIZE NOT NULL ON OR ORDER OUTER OVER PARTITION PIVOT PRIMARY KEY RETURNS RIGHT SELECT"
                    + " SET SMALLINT TABLE TEXT THEN TIME TIMESTAMP TIMESTAMPTZ TINYINT TRUE UNION UNNEST USING VALUES"
                    + " VIEW WATERMARK WHEN WHERE WITH WITHIN")
            .split(" "));

    private final Collection<String> functions;
    private final Collection<String> settings;
    private final Supplier<List<String>> names;

    /** @param names of tables and columns, as they are now */
    WordCompleter(Collection<String> functions, Collection<String> settings, Supplier<List<String>> names) {
        this.functions = functions;
        this.settings = settings;
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String begun = line.word().substring(0, line.wordCursor());
        String before = line.line().substring(0, line.cursor() - begun.length());
        if (before.isBlank() && begun.startsWith("\\")) {
            add(List.of("\\connect", "\\d", "\\h", "\\output", "\\q", "\\timing"), begun, "", candidates);
            return;
        }
        if (before.strip().equalsIgnoreCase("SET")) {
            add(settings, begun, "", candidates);
            return;
        }
        add(names.get(), begun, "", candidates);
        boolean lower = !begun.isEmpty() && Character.isLowerCase(begun.charAt(0));
        add(
                lower
                        ? KEYWORDS.stream()
                                .map(word -> word.toLowerCase(Locale.ROOT))
                                .toList()
                        : KEYWORDS,
                begun,
                "",
                candidates);
        if (!begun.isEmpty()) {
            add(functions, begun, "(", candidates);
        }
    }

    private static void add(Collection<String> words, String begun, String after, List<Candidate> candidates) {
        String start = begun.toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (word.toLowerCase(Locale.ROOT).startsWith(start)) {
                candidates.add(new Candidate(word + after, word, null, null, null, null, after.isEmpty()));
            }
        }
    }
}
