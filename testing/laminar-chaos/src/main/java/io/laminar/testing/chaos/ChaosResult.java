package io.laminar.testing.chaos;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param orders rows that were fed
 * @param payments rows that were fed
 * @param verdicts of the sinks after the faults
 * @param calm of the sinks of the same pipeline without faults
 * @param stateBytes what was in the checkpoint store before the job was stopped
 * @param failure why it was given up; null if it was not
 */
record ChaosResult(
        ChaosOptions options,
        List<Outcome> outcomes,
        long orders,
        long payments,
        List<Verdict> verdicts,
        List<Verdict> calm,
        long stateBytes,
        Duration time,
        @Nullable String failure) {

    boolean isGood() {
        return failure == null
                && !verdicts.isEmpty()
                && verdicts.stream().allMatch(Verdict::isExact)
                && calm.stream().allMatch(Verdict::isExact);
    }

    long kills() {
        return outcomes.stream().mapToLong(outcome -> outcome.fault().kills()).sum();
    }
}
