package io.laminar.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.runtime.JobFailure;
import io.laminar.spi.error.ErrorCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After which failures a job gets another start. */
class RestartsTest {
    private static JobFailure failure(long time, ErrorCode code, String stage, int subtask) {
        return new JobFailure(time, "reason " + time, code, "hint", null, stage, subtask);
    }

    private static JobFailure bad(long time) {
        return failure(time, ErrorCode.BAD_RECORD, "source", 0);
    }

    private static JobFailure away(long time) {
        return failure(time, ErrorCode.UNREACHABLE, "sink", 0);
    }

    @Test
    void anErrorOfTheInputMayComeOnceAtAPlace() {
        Restarts restarts = new Restarts(0, 0, null);
        assertEquals(Optional.empty(), restarts.failed(bad(1), 0));
        assertEquals(Optional.of(bad(2)), restarts.failed(bad(2), 0));
    }

    @Test
    void whichSubtaskMeetsItDoesNotMatter() {
        Restarts restarts = new Restarts(0, 0, null);
        restarts.failed(failure(1, ErrorCode.OUTPUT_EXISTS, "sink", 0), 3);
        assertTrue(restarts.failed(failure(2, ErrorCode.OUTPUT_EXISTS, "sink", 1), 3)
                .isPresent());
    }

    @Test
    void atAnotherPlaceOrOfAnotherKindItIsAnotherError() {
        Restarts restarts = new Restarts(0, 0, null);
        restarts.failed(bad(1), 0);
        assertEquals(Optional.empty(), restarts.failed(failure(2, ErrorCode.BAD_RECORD, "other", 0), 0));
        assertEquals(Optional.empty(), restarts.failed(failure(3, ErrorCode.OVERFLOW, "other", 0), 0));
        assertTrue(
                restarts.failed(failure(4, ErrorCode.OVERFLOW, "other", 0), 0).isPresent());
    }

    @Test
    void aCheckpointInBetweenIsProgress() {
        Restarts restarts = new Restarts(1, 0, null);
        restarts.failed(bad(1), 4);
        assertEquals(Optional.empty(), restarts.failed(bad(2), 5));
        assertEquals(Optional.empty(), restarts.failed(bad(3), 6));
        assertTrue(restarts.failed(bad(4), 6).isPresent());
    }

    @Test
    void whatMayGoAwayIsTriedSoOften() {
        Restarts restarts = new Restarts(3, 0, null);
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), restarts.failed(away(i), 0), "failure " + i);
        }
        JobFailure last = restarts.failed(away(3), 0).orElseThrow();
        assertEquals("reason 3 (no checkpoint was completed in 3 more starts)", last.reason());
        assertEquals(ErrorCode.UNREACHABLE, last.code());
        assertEquals("sink", last.stage());
        assertEquals("hint", last.hint());
    }

    @Test
    void progressBeginsTheCountAnew() {
        Restarts restarts = new Restarts(2, 0, null);
        restarts.failed(away(1), 0);
        restarts.failed(away(2), 0);
        assertEquals(Optional.empty(), restarts.failed(away(3), 1));
        assertEquals(Optional.empty(), restarts.failed(away(4), 1));
        assertTrue(restarts.failed(away(5), 1).isPresent());
    }

    @Test
    void withoutALimitItIsTriedForEver() {
        Restarts restarts = new Restarts(0, 0, null);
        for (int i = 1; i < 1000; i++) {
            assertEquals(Optional.empty(), restarts.failed(away(i), 0));
        }
    }

    @Test
    void aFailureIsHeardOfOnce() {
        Restarts restarts = new Restarts(0, 0, null);
        assertFalse(restarts.knows(bad(1)));
        restarts.failed(bad(1), 0);
        assertTrue(restarts.knows(bad(1)));
        assertFalse(restarts.knows(bad(2)));
    }

    /** Another server goes on counting where the one before has stopped. */
    @Test
    void whatIsKeptCounts() {
        Restarts restarts = new Restarts(3, 0, null);
        restarts.failed(away(1), 2);
        restarts.failed(away(2), 2);
        assertEquals(2, restarts.count());
        Restarts next = new Restarts(3, restarts.count(), Trouble.read(kept(restarts)));
        assertTrue(next.knows(away(2)));
        assertFalse(next.knows(away(3)));
        assertEquals(Optional.empty(), next.failed(away(3), 2));
        assertEquals(3, next.count());
        assertTrue(next.failed(away(4), 2).isPresent());
        assertEquals(3, next.count());
    }

    @Test
    void anErrorThatWasKeptIsStillTheSame() {
        Restarts restarts = new Restarts(0, 0, null);
        restarts.failed(bad(1), 0);
        Restarts next = new Restarts(0, restarts.count(), Trouble.read(kept(restarts)));
        assertTrue(next.failed(bad(2), 0).isPresent());
    }

    /** The cluster counts the checkpoints of a job that is given to it once more from nothing. */
    @Test
    void givenToTheClusterOnceMoreAJobMakesProgressWithItsFirstCheckpoint() {
        for (long checkpoints : new long[] {0, 1}) {
            Restarts restarts = new Restarts(1, 0, null);
            restarts.failed(away(5), 7);
            restarts.begins();
            assertEquals(1, restarts.count());
            assertFalse(restarts.knows(away(1)));
            assertEquals(checkpoints == 0, restarts.failed(away(6), checkpoints).isPresent());
        }
    }

    private static String kept(Restarts restarts) {
        return Optional.ofNullable(restarts.trouble()).orElseThrow().json();
    }
}
