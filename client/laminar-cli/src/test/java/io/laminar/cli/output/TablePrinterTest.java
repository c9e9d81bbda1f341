package io.laminar.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TablePrinterTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("n", Scalar.BIGINT), new Field("name", Scalar.TEXT), new Field("ok", Scalar.BOOLEAN));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void numbersAreOnTheRightAndWideCharactersCountTwice() {
        TablePrinter printer = new TablePrinter(SCHEMA, out, 0);
        printer.print(batch(new Object[] {7L, "東京", true}, new Object[] {1234L, null, false}));
        printer.finish();
        assertEquals("""
                   n  name  ok
                ----  ----  -----
                   7  東京  true
                1234  NULL  false
                """, text());
    }

    @Test
    void longValuesAreCutToTheTerminal() {
        TablePrinter printer = new TablePrinter(SCHEMA, out, 24);
        printer.print(batch(new Object[] {1L, "a very long name indeed", true}));
        printer.finish();
        assertEquals("""
                n  name             ok
                -  ---------------  ----
                1  a very long na…  true
                """, text());
    }

    @Test
    void controlCharactersStayInTheirCell() {
        TablePrinter printer = new TablePrinter(SCHEMA, out, 0);
        printer.print(batch(new Object[] {1L, "two\nlines\u001B[2J", true}));
        printer.finish();
        assertEquals("""
                n  name            ok
                -  --------------  ----
                1  two\\nlines\uFFFD[2J  true
                """, text());
    }

    @Test
    void laterRowsUseTheFirstLayout() {
        TablePrinter printer = new TablePrinter(SCHEMA, out, 0);
        printer.print(batch(new Object[] {1L, "ab", true}));
        printer.flush();
        printer.print(batch(new Object[] {22L, "abcdef", false}));
        printer.finish();
        assertEquals("""
                n  name  ok
                -  ----  ----
                1  ab    true
                22  abcdef  false
                """, text());
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Batch batch(Object[]... rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, rows.length);
        for (Object[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                Values.append(SCHEMA.type(c), builder.column(c), row[c]);
            }
            builder.endRow(0);
        }
        return builder.build();
    }
}
