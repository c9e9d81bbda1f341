package io.laminar.flink.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.List;
import java.util.Optional;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What of an error is left in the text by which a cluster tells it. */
class JobFailureTest {

    static List<LaminarException> errors() {
        return List.of(
                new LaminarException(ErrorCode.OVERFLOW, "too much"),
                new LaminarException(ErrorCode.OVERFLOW, "too much: Caused by nothing", "use less"),
                new LaminarException(
                        ErrorCode.BAD_RECORD,
                        "'x' is no number\nand 'y' is none",
                        new Place.Data("in/a, line 1.json", 3, 17),
                        "leave it out",
                        new IllegalStateException("inside")),
                new LaminarException(
                        ErrorCode.BAD_RECORD, "no JSON", new Place.Data("numbers/3", 0, 87_273), null, null),
                new LaminarException(ErrorCode.INVALID_CAST, "no date", Place.Sql.at(2, 14), "a hint", null));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void theTextOfAnErrorHasAllOfIt(LaminarException error) {
        for (Throwable told : List.of(
                error,
                new RuntimeException("around", error),
                new SerializedThrowable(new IllegalStateException("around", error)))) {
            JobFailure failure = JobFailure.of(1, ExceptionUtils.stringifyException(told), "Source: a -> b (2/4)");
            assertEquals(error.code(), failure.code());
            assertEquals(error.reason(), failure.reason());
            assertEquals(error.place(), failure.place());
            assertEquals(error.hint(), failure.hint());
            assertEquals("Source: a -> b", failure.stage());
            assertEquals(1, failure.subtask());
        }
    }

    @Test
    void otherFailuresHaveNoPlace() {
        JobFailure failure =
                JobFailure.of(1, ExceptionUtils.stringifyException(new IllegalStateException("on purpose")), null);
        assertEquals("IllegalStateException: on purpose", failure.reason());
        assertNull(failure.code());
        assertNull(failure.place());
        assertNull(failure.stage());
        assertEquals(Optional.empty(), Place.read("somewhere"));
    }
}
