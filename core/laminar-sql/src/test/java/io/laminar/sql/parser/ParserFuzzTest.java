package io.laminar.sql.parser;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to a statement, it parses or gives an error with a place inside the text, and nothing else. */
class ParserFuzzTest {

    private static final long SEED = 20_240_611;
    private static final int ROUNDS = 3_000;

    private static final Pattern PIECE = Pattern.compile("\\s+|\\w+|'[^']*'|\"[^\"]*\"|.", Pattern.DOTALL);
    private static final String SIGNS = "()[]{}<>=!~*/-+%&|^?:;,.'\"`$#@\\\u0007\n\t \u00a0\u201cé日";

    private final Random random = new Random(SEED);
    private final List<String> statements = Corpus.files().stream()
            .flatMap(f -> PipelineParser.parse(Corpus.read(f)).stream())
            .map(ParsedStatement::text)
            .toList();
    private final List<String> pieces =
            statements.stream().flatMap(s -> pieces(s).stream()).distinct().toList();

    @Test
    @Timeout(60)
    void mutatedStatementsParseOrGiveAnError() {
        for (int round = 0; round < ROUNDS; round++) {
            String sql = pick(statements);
            for (int i = random.nextInt(4); i >= 0; i--) {
                sql = random.nextInt(3) == 0 ? mutateCharacter(sql) : mutatePiece(sql);
            }
            check(sql);
        }
    }

    @Test
    @Timeout(60)
    void cutStatementsParseOrGiveAnError() {
        for (int round = 0; round < ROUNDS / 5; round++) {
            String sql = pick(statements);
            int cut = random.nextInt(sql.length() + 1);
            check(sql.substring(0, cut));
            check(sql.substring(cut));
        }
    }

    private static void check(String sql) {
        ParseResult result;
        try {
            result = PipelineParser.parseAll(sql);
        } catch (RuntimeException | Error e) {
            fail("parsing failed for: " + sql, e);
            return;
        }
        for (LaminarException error : result.errors()) {
            checkError(sql, error);
        }
    }

    private static void checkError(String sql, LaminarException error) {
        assertNotEquals(ErrorCode.INTERNAL, error.code(), () -> stackOf(error) + " for: " + sql);
        assertNotNull(error.place(), sql);
        Place.Sql place = (Place.Sql) error.place();
        long lines = sql.chars().filter(c -> c == '\n' || c == '\r').count() + 1;
        assertTrue(place.line() >= 1 && place.line() <= lines && place.column() >= 1, () -> place + " for: " + sql);
        assertTrue(place.column() <= sql.length() + 1, () -> place + " for: " + sql);
        assertTrue(!error.reason().isBlank() && error.reason().length() < 300, () -> error.reason() + " for: " + sql);
        assertTrue(!error.reason().contains("Exception") && !error.reason().matches(".*\\bnull\\b.*"), error::reason);
    }

    private static String stackOf(LaminarException error) {
        Throwable cause = error.getCause();
        StringBuilder text = new StringBuilder(String.valueOf(cause));
        if (cause != null) {
            for (int i = 0; i < Math.min(8, cause.getStackTrace().length); i++) {
                text.append("\n  at ").append(cause.getStackTrace()[i]);
            }
        }
        return text.toString();
    }

    private String mutatePiece(String sql) {
        List<String> all = pieces(sql);
        if (all.isEmpty()) {
            return pick(pieces);
        }
        int at = random.nextInt(all.size());
        switch (random.nextInt(5)) {
            case 0 -> all.remove(at);
            case 1 -> all.add(at, all.get(at));
            case 2 -> all.set(at, pick(pieces));
            case 3 -> all.add(at, " " + pick(pieces) + " ");
            default -> {
                int other = random.nextInt(all.size());
                String moved = all.get(at);
                all.set(at, all.get(other));
                all.set(other, moved);
            }
        }
        return String.join("", all);
    }

    private String mutateCharacter(String sql) {
        if (sql.isEmpty()) {
            return sql;
        }
        int at = random.nextInt(sql.length());
        String before = sql.substring(0, at);
        String after = sql.substring(at);
        return switch (random.nextInt(4)) {
            case 0 -> before + after.substring(1);
            case 1 -> before + after.charAt(0) + after;
            case 2 -> before + SIGNS.charAt(random.nextInt(SIGNS.length())) + after;
            default -> before + SIGNS.charAt(random.nextInt(SIGNS.length())) + after.substring(1);
        };
    }

    private static List<String> pieces(String sql) {
        List<String> all = new ArrayList<>();
        Matcher matcher = PIECE.matcher(sql);
        while (matcher.find()) {
            all.add(matcher.group());
        }
        return all;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
