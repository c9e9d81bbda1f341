package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.catalog.ConnectorCatalog;
import io.laminar.plan.StreamPlan;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.PipelineCompiler;
import io.laminar.sql.PipelineErrors;
import io.laminar.sql.PlannerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever the text, the compiler gives a plan or its own errors, never anything else. The corpus are the .slt files and
 * the examples; every seed damages one of their statements in a few places.
 */
class CompilerFuzzTest {

    private static final long SEED = Long.getLong("laminar.fuzz.seed", 7L);
    private static final int ROUNDS = Integer.getInteger("laminar.fuzz.rounds", 3000);

    private static final String[] PIECES = {
        "(",
        ")",
        ",",
        ";",
        "'",
        "\"",
        "--",
        "/*",
        "*",
        ".",
        "::",
        "->",
        "[",
        "]",
        "NULL",
        "SELECT",
        "FROM",
        "WHERE",
        "GROUP BY",
        "ORDER BY",
        "CASE",
        "WHEN",
        "END",
        "AS",
        "INTERVAL '1 day'",
        "tumble(INTERVAL '1 minute')",
        "window",
        "count(*)",
        "sum(1)",
        "1e999",
        "99999999999999999999",
        "-1",
        "0",
        "''",
        "TRUE",
        "x",
        "UNION ALL",
        "JOIN",
        "OVER ()",
        "CAST(1 AS TEXT)",
        "ARRAY[1, 'a']",
        "\u0000",
        "\uD83D\uDE00",
        "é",
        "LIMIT 1",
        "HAVING",
        "DISTINCT",
        "INTO",
        "ROW",
    };

    @Test
    void everyTextGivesAPlanOrErrors() throws IOException {
        List<String> corpus = corpus();
        assertTrue(corpus.size() > 50, "the corpus has only " + corpus.size() + " texts");
        PlannerContext context = PlannerContext.of(new ConnectorCatalog());
        List<String> defects = new ArrayList<>();
        int planned = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random((SEED + round) * 0x9E3779B97F4A7C15L);
            String text = damaged(corpus.get(random.nextInt(corpus.size())), random);
            try {
                StreamPlan plan = PipelineCompiler.compile(text, context).plan();
                planned += plan.sinks().isEmpty() ? 0 : 1;
            } catch (PipelineErrors e) {
                refused++;
                check(e.errors(), SEED + round, text, defects);
            } catch (LaminarException e) {
                refused++;
                check(List.of(e), SEED + round, text, defects);
            } catch (Throwable e) {
                defects.add("seed " + (SEED + round) + ": " + e + "\n" + text);
            }
        }
        assertTrue(planned > 0, "no damaged text was still a pipeline: the damage is too great to show much");
        assertTrue(refused > ROUNDS / 3, "only " + refused + " texts were refused");
        assertEquals(
                List.of(), defects.subList(0, Math.min(10, defects.size())), defects.size() + " from seed " + SEED);
    }

    private static void check(List<LaminarException> errors, long seed, String text, List<String> defects) {
        if (errors.isEmpty()) {
            defects.add("seed " + seed + ": refused without an error\n" + text);
        }
        for (LaminarException error : errors) {
            if (error.code() == ErrorCode.INTERNAL || error.reason().isBlank()) {
                defects.add("seed " + seed + ": " + error.describe() + "\n" + text);
            }
        }
    }

    /** A few characters, words or lines are removed, repeated, swapped or put in. */
    private static String damaged(String text, Random random) {
        StringBuilder out = new StringBuilder(text);
        int wounds = random.nextInt(4);
        for (int i = 0; i <= wounds && !out.isEmpty(); i++) {
            int at = random.nextInt(out.length());
            int end = Math.min(out.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> out.delete(at, end);
                case 1 -> out.insert(at, out.substring(at, end));
                case 2 -> out.insert(at, " " + PIECES[random.nextInt(PIECES.length)] + " ");
                case 3 -> out.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
                default -> out.setCharAt(at, (char) (32 + random.nextInt(95)));
            }
        }
        return out.toString();
    }

    /** All declarations of a file and one of its pipelines or refused statements. */
    private static List<String> corpus() throws IOException {
        List<String> corpus = new ArrayList<>();
        for (Path file : SltTest.files()) {
            corpus.addAll(io.laminar.testing.slt.SltTexts.of(file));
        }
        try (var examples = Files.list(Repository.root().resolve("examples"))) {
            for (Path file :
                    examples.filter(f -> f.toString().endsWith(".sql")).sorted().toList()) {
                corpus.add(Files.readString(file));
            }
        }
        return corpus;
    }
}
