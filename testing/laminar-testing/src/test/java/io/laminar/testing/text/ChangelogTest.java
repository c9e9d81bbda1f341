package io.laminar.testing.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangelogTest {

    private static final Schema SCHEMA = Schema.of(new Field("k", Scalar.TEXT), new Field("n", Scalar.INT));

    @Test
    void byKeyTheLatestRowIsLeft() {
        Changelog log = fold(List.of(0), "+I a 1", "+I b 1", "-U a 1", "+U a 2", "-D b 1");
        assertEquals(List.of("a 2"), log.rows());
        assertEquals(List.of(), log.contradictions());
    }

    @Test
    void byKeyContradictionsAreFound() {
        assertEquals(1, fold(List.of(0), "+I a 1", "+I a 2").contradictions().size());
        assertEquals(1, fold(List.of(0), "-D a 1").contradictions().size());
        assertEquals(
                1,
                fold(List.of(0), "+I a 1", "-U a 2", "+U a 3").contradictions().size());
    }

    @Test
    void byRowEqualRowsAreCounted() {
        Changelog log = fold(List.of(), "+I a 1", "+I a 1", "+I b 1", "-D a 1");
        assertEquals(List.of("a 1", "b 1"), log.rows());
        assertEquals(List.of(), log.contradictions());
    }

    @Test
    void byRowAnAbsentDeleteIsFound() {
        assertEquals(1, fold(List.of(), "+I a 1", "-U a 2").contradictions().size());
    }

    private static Changelog fold(List<Integer> key, String... changes) {
        Changelog log = new Changelog(SCHEMA, key);
        for (String change : changes) {
            log.apply(TextRow.parseChange(change, SCHEMA));
        }
        return log;
    }
}
