package io.laminar.spi.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.filter.ColumnCondition.Comparison;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnConditionTest {
    private static final long SEED = 20270301;

    private static ColumnCondition condition(Comparison comparison, Object... values) {
        return new ColumnCondition("x", comparison, List.of(values));
    }

    @Test
    void nullMeetsNothingButIsNull() {
        for (Comparison comparison : Comparison.values()) {
            boolean test = comparison == Comparison.IS_NULL || comparison == Comparison.IS_NOT_NULL;
            ColumnCondition condition = test ? condition(comparison) : condition(comparison, 1L);
            assertEquals(comparison == Comparison.IS_NULL, condition.holds(null), comparison.name());
        }
    }

    @Test
    void textsAreComparedByCodePoint() {
        assertTrue(condition(Comparison.GREATER, "\uff5e").holds("\ud834\udd1e"));
        assertFalse(condition(Comparison.EQUAL, "a").holds("b"));
    }

    @Test
    void nanIsTheGreatest() {
        assertTrue(condition(Comparison.GREATER, 5.0).holds(Double.NaN));
        assertTrue(condition(Comparison.EQUAL, 0.0).holds(-0.0));
    }

    @Test
    void whatHoldsSomewhereMayHoldInTheRange() {
        Random random = new Random(SEED);
        List<Comparison> comparisons = List.of(
                Comparison.EQUAL,
                Comparison.LESS,
                Comparison.LESS_OR_EQUAL,
                Comparison.GREATER,
                Comparison.GREATER_OR_EQUAL,
                Comparison.IN);
        for (int i = 0; i < 5_000; i++) {
            Comparison comparison = comparisons.get(random.nextInt(comparisons.size()));
            ColumnCondition condition = comparison == Comparison.IN
                    ? condition(comparison, (long) random.nextInt(9), (long) random.nextInt(9))
                    : condition(comparison, (long) random.nextInt(9));
            long least = random.nextInt(9);
            long greatest = least + random.nextInt(3);
            boolean somewhere = false;
            for (long value = least; value <= greatest; value++) {
                somewhere |= condition.holds(value);
            }
            assertEquals(
                    somewhere, condition.mayHoldBetween(least, greatest), condition + " in " + least + ".." + greatest);
            assertTrue(!somewhere || condition.mayHoldBetween(null, greatest));
            assertTrue(!somewhere || condition.mayHoldBetween(least, null));
        }
    }

    @Test
    void isWrittenAsInSql() {
        assertEquals(
                "x in ('it''s', 'b')", condition(Comparison.IN, "it's", "b").toString());
        assertEquals("x >= 5", condition(Comparison.GREATER_OR_EQUAL, 5L).toString());
        assertEquals("x is not null", condition(Comparison.IS_NOT_NULL).toString());
    }
}
