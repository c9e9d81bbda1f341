package io.laminar.connector.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void blocksCoverAllRowsAndNoMore() {
        Pace pace = Pace.of(0, 10_000, 4_096);
        long rows = 0;
        for (long block = 0; block < 5; block++) {
            assertEquals(rows, Math.min(pace.firstRow(block), 10_000));
            rows += pace.rows(block);
        }
        assertEquals(10_000, rows);
        assertEquals(0, pace.rows(3));
    }

    @Test
    void slowRatesMakeSmallBlocks() {
        assertEquals(1, Pace.of(10, 100, 4_096).block());
        assertEquals(50, Pace.of(10_000, 100, 4_096).block());
        assertEquals(4_096, Pace.of(10_000_000, 100, 4_096).block());
    }

    @Test
    void aBlockIsDueWhenTheRowsBeforeItHaveHadTheirTime() {
        assertEquals(1_000_000_000L, Pace.of(10, 100, 4_096).dueNanos(10));
        assertEquals(0, Pace.of(0, 100, 4_096).dueNanos(10));
    }
}
