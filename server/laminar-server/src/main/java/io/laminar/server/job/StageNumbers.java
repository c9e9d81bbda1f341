package io.laminar.server.job;

import io.laminar.flink.metrics.OperatorFigures;
import io.laminar.flink.scale.Parallelisms;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Numbers of subtasks, asked for operators of the plan, for the stages these run in. */
final class StageNumbers {

    private StageNumbers() {}

    /**
     * What is asked for; names that are no operators may be those of stages.
     *
     * @throws LaminarException RESCALE_REFUSED if operators that run together are to have different numbers
     */
    static Parallelisms of(Parallelisms asked, Optional<JobRecord> record) {
        Map<String, String> stages = record.flatMap(one -> one.figures().latest())
                .map(figures -> figures.operators().stream()
                        .filter(one -> !one.stage().isEmpty())
                        .collect(Collectors.toMap(one -> one.operator().id(), OperatorFigures::stage)))
                .orElse(Map.of());
        Map<String, Integer> byStage = new TreeMap<>();
        asked.byStage().forEach((name, number) -> {
            Integer other = byStage.put(stages.getOrDefault(name, name), number);
            if (other != null && !other.equals(number)) {
                throw new LaminarException(
                        ErrorCode.RESCALE_REFUSED,
                        "'" + name + "' runs together with another operator, which is to have " + other + " subtasks",
                        "give both the same number");
            }
        });
        return new Parallelisms(asked.everywhere(), byStage);
    }
}
