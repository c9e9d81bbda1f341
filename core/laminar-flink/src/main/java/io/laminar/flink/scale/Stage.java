package io.laminar.flink.scale;

import java.util.Set;

/**
 * Operators of a job that run in the same subtasks.
 *
 * @param id of Flink's job vertex: 32 hexadecimal digits
 * @param name the operators, in the order of rows
 * @param parallelism subtasks now
 * @param maxParallelism the most it can have
 * @param single whether it has one subtask at every parallelism of the job
 * @param inputs ids of the stages its rows come from
 * @param tied ids of the stages whose subtasks pass rows to these one to one, so that both have the same number
 */
public record Stage(
        String id,
        String name,
        int parallelism,
        int maxParallelism,
        boolean single,
        Set<String> inputs,
        Set<String> tied) {
    public Stage {
        inputs = Set.copyOf(inputs);
        tied = Set.copyOf(tied);
    }

    /** The name if it is short, otherwise where it begins. */
    public String shortName() {
        return name.length() <= 60 ? name : name.substring(0, 57) + "...";
    }
}
