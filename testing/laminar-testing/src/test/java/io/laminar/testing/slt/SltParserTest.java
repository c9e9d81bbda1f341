package io.laminar.testing.slt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SltParserTest {

    private static final Path FILE = Path.of("case.slt");

    private static final String EXAMPLE = """
            # name: window/tumble_late
            # description: a row behind the watermark is dropped and counted
            statement ok
            CREATE TABLE bids (id BIGINT, at TIMESTAMP, WATERMARK FOR at) WITH (connector = 'test', type = 'source');
            pipeline sink=out
            INSERT INTO out SELECT id
            FROM bids
            feed bids                       # or: feed bids file=data/bids.json
            +I 1 00:00:01
            watermark bids 00:00:10
            +I 2 00:00:02
            checkpoint
            expect rows out
            1
            2
            expect changelog out
            +I 1
            expect metric late_rows 1
            statement error LAM-2002 1:8 nope
            SELECT nope FROM bids;
            """;

    @Test
    void readsTheFormatOfTheDesign() {
        List<SltCommand> commands = parse(EXAMPLE);
        assertEquals(10, commands.size());
        SltCommand.Feed first = (SltCommand.Feed) commands.get(2);
        assertEquals("bids", first.table());
        assertEquals(List.of(new SltCommand.Row(9, "+I 1 00:00:01")), first.rows());
        assertEquals(new SltCommand.Watermark(10, "bids", 10_000_000), commands.get(3));
        SltCommand.Feed second = (SltCommand.Feed) commands.get(4);
        assertEquals("bids", second.table(), "rows after a watermark go on feeding");
        SltCommand.StatementError refused = (SltCommand.StatementError) commands.get(9);
        assertEquals("1:8", refused.position().orElseThrow());
        assertEquals("nope", refused.pattern().orElseThrow());
    }

    @Test
    void casesKeepTheirLinesInTheTextTheCompilerGets() {
        List<SltCase> cases = SltCase.of(FILE, parse(EXAMPLE));
        assertEquals(2, cases.size());
        String[] lines = cases.get(0).sql().split("\n", -1);
        assertTrue(lines[3].startsWith("CREATE TABLE bids"), lines[3]);
        assertEquals("                SELECT id", lines[5], "a sink that is not declared takes the query's columns");
        assertEquals("FROM bids;", lines[6]);
        assertTrue(cases.get(1).sql().endsWith("SELECT nope FROM bids;"));
    }

    @Test
    void aDeclaredSinkKeepsItsInsert() {
        String text = "statement ok\nCREATE TABLE out (id INT) WITH (connector = 'test')\n"
                + "pipeline sink=out\nINSERT INTO out SELECT 1\nexpect rows\n1\n";
        String sql = SltCase.of(FILE, parse(text)).get(0).sql();
        assertTrue(sql.contains("INSERT INTO out"), sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|hello",
                "1|+I 1",
                "1|pipeline out",
                "1|statement ok",
                "2|checkpoint\\nwatermark t",
                "1|watermark t noon",
                "1|clock",
                "1|expect nothing",
                "1|expect error 2004",
                "1|statement error nope",
                "2|feed t\\n1 2",
            })
    void errorsNameTheLine(int line, String text) {
        SltException e = assertThrows(SltException.class, () -> parse(text.replace("\\n", "\n")));
        assertTrue(String.valueOf(e.getMessage()).startsWith("case.slt:" + line + ": "), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|feed t\\n+I 1",
                "1|query\\nSELECT 1",
                "5|query\\nSELECT 1\\nexpect rows\\n1\\ncheckpoint",
            })
    void casesMustBeWhole(int line, String text) {
        List<SltCommand> commands = parse(text.replace("\\n", "\n"));
        SltException e = assertThrows(SltException.class, () -> SltCase.of(FILE, commands));
        assertTrue(String.valueOf(e.getMessage()).startsWith("case.slt:" + line + ": "), e.getMessage());
    }

    private static List<SltCommand> parse(String text) {
        return SltParser.parse(FILE, text.lines().toList());
    }
}
