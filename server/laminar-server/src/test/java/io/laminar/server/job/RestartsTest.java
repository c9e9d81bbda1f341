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
        Restarts restarts = new Restarts(0);
        assertEquals(Optional.empty(), restarts.failed(bad(1), 0));
        assertEquals(Optional.of(bad(2)), restarts.failed(bad(2), 0));
    }

    @Test
    void whichSubtaskMeetsItDoesNotMatter() {
        Restarts restarts = new Restarts(0);
        restarts.failed(failure(1, ErrorCode.OUTPUT_EXISTS, "sink", 0), 3);
        assertTrue(restarts.failed(failure(2, ErrorCode.OUTPUT_EXISTS, "sink", 1), 3)
                .isPresent());
    }

    @Test
    void atAnotherPlaceOrOfAnotherKindItIsAnotherError() {
        Restarts restarts = new Restarts(0);
        restarts.failed(bad(1), 0);
        assertEquals(Optional.empty(), restarts.failed(failure(2, ErrorCode.BAD_RECORD, "other", 0), 0));
        assertEquals(Optional.empty(), restarts.failed(failure(3, ErrorCode.OVERFLOW, "other", 0), 0));
        assertTrue(
                restarts.failed(failure(4, ErrorCode.OVERFLOW, "other", 0), 0).isPresent());
    }

    @Test
    void aCheckpointInBetweenIsProgress() {
        Restarts restarts = new Restarts(1);
        restarts.failed(bad(1), 4);
        assertEquals(Optional.empty(), restarts.failed(bad(2), 5));
        assertEquals(Optional.empty(), restarts.failed(bad(3), 6));
        assertTrue(restarts.failed(bad(4), 6).isPresent());
    }

    @Test
    void whatMayGoAwayIsTriedSoOften() {
        Restarts restarts = new Restarts(3);
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
        Restarts restarts = new Restarts(2);
        restarts.failed(away(1), 0);
        restarts.failed(away(2), 0);
        assertEquals(Optional.empty(), restarts.failed(away(3), 1));
        assertEquals(Optional.empty(), restarts.failed(away(4), 1));
        assertTrue(restarts.failed(away(5), 1).isPresent());
    }

    @Test
    void withoutALimitItIsTriedForEver() {
        Restarts restarts = new Restarts(0);
        for (int i = 1; i < 1000; i++) {
            assertEquals(Optional.empty(), restarts.failed(away(i), 0));
        }
    }

    @Test
    void aFailureIsHeardOfOnce() {
        Restarts restarts = new Restarts(0);
        assertFalse(restarts.knows(bad(1)));
        restarts.failed(bad(1), 0);
        assertTrue(restarts.knows(bad(1)));
        assertFalse(restarts.knows(bad(2)));
    }
}
