package io.laminar.sql.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Option;
import io.laminar.sql.parser.PipelineParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionReaderTest {
    private static final Option DURATION = Option.duration("d", "A time span.");
    private static final Option SIZE = Option.size("s", "A size.");
    private static final Option INTEGER = Option.integer("i", "A number.");
    private static final Option BOOLEAN = Option.bool("b", "A switch.");
    private static final Option CHOICE = Option.choice("c", List.of("one", "two"), "One of two.");
    private static final Option LIST = Option.textList("l", "Some texts.");

    private static Object sql(Option option, String expression) {
        return OptionReader.read(option, PipelineParser.parseExpression(expression));
    }

    @Test
    void durationsAreMicroseconds() {
        assertEquals(5_000_000L, OptionReader.read(DURATION, "5 seconds"));
        assertEquals(5_400_000_000L, OptionReader.read(DURATION, "1 hour 30 minutes"));
        assertEquals(0L, OptionReader.read(DURATION, "0"));
        assertEquals(60_000_000L, sql(DURATION, "INTERVAL '1' MINUTE"));
        assertEquals(1_500_000L, sql(DURATION, "INTERVAL '1.5 seconds'"));
        assertEquals(0L, sql(DURATION, "0"));
    }

    @Test
    void sizesAreBytes() {
        assertEquals(1024L, OptionReader.read(SIZE, "1 KB"));
        assertEquals(134_217_728L, OptionReader.read(SIZE, "128 MB"));
        assertEquals(1_610_612_736L, OptionReader.read(SIZE, "1.5GiB"));
        assertEquals(77L, sql(SIZE, "77"));
    }

    @Test
    void otherKinds() {
        assertEquals(-3L, sql(INTEGER, "-3"));
        assertEquals(true, sql(BOOLEAN, "true"));
        assertEquals(false, OptionReader.read(BOOLEAN, "off"));
        assertEquals("two", OptionReader.read(CHOICE, "TWO"));
        assertEquals(List.of("a", "b"), OptionReader.read(LIST, "a, b"));
        assertEquals(List.of("a", "b"), sql(LIST, "['a', 'b']"));
        assertEquals(1.5, sql(Option.number("n", "A number."), "1.5"));
        assertEquals("7", sql(Option.text("t", "A text."), "7"));
    }

    @Test
    void entriesInOneText() {
        Option properties = Option.properties("client", "Settings of the client.");
        assertEquals(java.util.Map.of("a.b", "1", "c", "x=y"), OptionReader.read(properties, "a.b = 1, c=x=y,"));
        assertThrows(LaminarException.class, () -> OptionReader.read(properties, "a.b"));
    }

    @Test
    void whatIsNoneIsRefusedByName() {
        for (Runnable wrong : List.<Runnable>of(
                () -> OptionReader.read(DURATION, "5"),
                () -> OptionReader.read(DURATION, "1 month"),
                () -> sql(DURATION, "INTERVAL '1' MONTH"),
                () -> OptionReader.read(SIZE, "5 parsecs"),
                () -> OptionReader.read(INTEGER, "1.5"),
                () -> OptionReader.read(BOOLEAN, "maybe"),
                () -> OptionReader.read(CHOICE, "three"))) {
            LaminarException error = assertThrows(LaminarException.class, wrong::run);
            assertEquals(ErrorCode.INVALID_OPTION, error.code());
            assertTrue(error.reason().startsWith("option '"), error.reason());
        }
    }
}
