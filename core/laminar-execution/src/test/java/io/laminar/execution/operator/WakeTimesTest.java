package io.laminar.execution.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WakeTimesTest {
    private final WakeTimes times = new WakeTimes();

    @Test
    void aLaterRequestIsKept() {
        assertTrue(times.add(10));
        assertFalse(times.add(3_600));
        assertFalse(times.add(10));
        assertFalse(times.take(9));
        assertTrue(times.take(10));
        assertEquals(3_600, times.next());
        assertTrue(times.take(5_000));
        assertEquals(Long.MAX_VALUE, times.next());
        assertFalse(times.take(Long.MAX_VALUE));
    }

    @Test
    void anEarlierRequestComesFirst() {
        assertTrue(times.add(10));
        assertTrue(times.add(5));
        assertTrue(times.take(20));
        assertEquals(Long.MAX_VALUE, times.next());
    }
}
