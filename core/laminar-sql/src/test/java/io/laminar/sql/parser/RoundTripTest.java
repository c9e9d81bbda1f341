package io.laminar.sql.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.util.Litmus;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every statement of the corpus parses, and the text made of its tree parses to the same tree. */
class RoundTripTest {

    @TestFactory
    Stream<DynamicNode> corpus() {
        return Corpus.files().stream().map(RoundTripTest::topic);
    }

    private static DynamicNode topic(Path file) {
        List<ParsedStatement> statements = PipelineParser.parse(Corpus.read(file));
        return DynamicContainer.dynamicContainer(
                file.getFileName().toString(),
                statements.stream().map(s -> dynamicTest(s.place() + " " + s.text(), () -> assertRoundTrip(s.node()))));
    }

    private static void assertRoundTrip(SqlNode node) {
        String text = LaminarDialect.format(node);
        List<ParsedStatement> again = PipelineParser.parse(text);
        assertEquals(1, again.size(), text);
        SqlNode second = again.get(0).node();
        assertEquals(text, LaminarDialect.format(second));
        assertTrue(node.equalsDeep(second, Litmus.IGNORE), () -> "the tree changes on its way through " + text);
    }

    @Test
    void corpusIsLargeEnough() {
        int statements = Corpus.files().stream()
                .mapToInt(f -> PipelineParser.parse(Corpus.read(f)).size())
                .sum();
        assertTrue(statements >= 250, () -> "only " + statements + " statements");
    }
}
