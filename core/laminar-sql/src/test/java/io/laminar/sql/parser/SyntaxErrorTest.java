package io.laminar.sql.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The errors of {@code errors.sql}: every block names the errors of the text under it, each as {@code -- line:column
 * reason} and, where there is one, {@code -- hint: text}.
 */
class SyntaxErrorTest {

    private record Block(String expected, String sql) {}

    private static List<Block> blocks() {
        return Stream.of(Corpus.read("errors.sql").split("\n\\s*\n"))
                .map(SyntaxErrorTest::block)
                .toList();
    }

    private static Block block(String text) {
        List<String> lines = text.strip().lines().toList();
        List<String> expected =
                lines.stream().takeWhile(l -> l.startsWith("-- ")).toList();
        String sql = String.join("\n", lines.subList(expected.size(), lines.size()));
        return new Block(String.join("\n", expected), sql);
    }

    @TestFactory
    Stream<DynamicTest> errors() {
        return blocks().stream()
                .map(block -> dynamicTest(block.sql(), () -> {
                    List<LaminarException> errors =
                            PipelineParser.parseAll(block.sql()).errors();
                    assertEquals(
                            block.expected(),
                            errors.stream().map(SyntaxErrorTest::written).collect(Collectors.joining("\n")));
                }));
    }

    private static String written(LaminarException error) {
        Place.Sql place = (Place.Sql) error.place();
        String code = error.code() == ErrorCode.SYNTAX ? "" : error.code() + ": ";
        String reason = "-- " + place.line() + ":" + place.column() + " " + code + error.reason();
        return error.hint() == null ? reason : reason + "\n-- hint: " + error.hint();
    }

    @Test
    void thereAreEnough() {
        assertTrue(blocks().size() >= 60);
    }
}
