package io.laminar.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {

    private static List<String> texts(String typed) {
        return Statement.split(typed).stream().map(Statement::text).toList();
    }

    @Test
    void semicolonsEndStatements() {
        assertEquals(List.of("SELECT 1", "SELECT 2"), texts("SELECT 1; ;\n  SELECT 2;\n"));
        assertEquals(List.of("\\d t", "SELECT 1"), texts("\\d t\nSELECT 1;"));
        assertEquals(List.of(), texts(" -- nothing; at all\n/* ; */ ;"));
    }

    @Test
    void semicolonsInStringsNamesCodeAndCommentsDoNot() {
        for (String text : List.of(
                "SELECT ';', 'it''s;'",
                "SELECT \"a;b\", `c;d`",
                "SELECT E'\\';'",
                "SELECT 1 -- ;\n + 2",
                "SELECT /* ; */ 1",
                "CREATE FUNCTION f(x INT) RETURNS INT LANGUAGE JAVA AS $$ int a; $$",
                "CREATE FUNCTION f(x INT) RETURNS INT LANGUAGE JAVA AS $j$ $$; $j$")) {
            assertEquals(List.of(text), texts(text + ";"));
        }
    }

    @Test
    void whatIsNotClosedIsNotComplete() {
        for (String text :
                List.of("SELECT", "SELECT ';", "SELECT \";", "SELECT $$;", "SELECT 1 /* ;", "SELECT 1 -- ;")) {
            assertFalse(Statement.isComplete(text), text);
        }
        assertTrue(Statement.isComplete("SELECT 1; -- done"));
        assertTrue(Statement.isComplete(""));
        assertTrue(Statement.isComplete("\\q"));
    }

    @Test
    void placesAreThoseOfTheText() {
        Statement second = Statement.split("SELECT 1;\n\n  SELECT 2;", 10).get(1);
        assertEquals(12, second.line());
        assertEquals(3, second.column());
        assertEquals(6, Statement.split("SET;  SELECT 2;").get(1).column() - 1);
    }

    @Test
    void kinds() {
        Statement table =
                Statement.split("create table if not exists \"My T\" (x INT);").get(0);
        assertTrue(table.declares());
        assertEquals("My T", table.created());
        assertEquals("v", Statement.split("CREATE VIEW v AS SELECT 1;").get(0).created());
        assertEquals("", Statement.split("SET parallelism = 2;").get(0).created());
        assertTrue(Statement.split("insert into t SELECT 1;").get(0).writes());
        assertFalse(Statement.split("SELECT 1;").get(0).declares());
        assertTrue(Statement.split("EXPLAIN SELECT 1;").get(0).explains());
    }
}
