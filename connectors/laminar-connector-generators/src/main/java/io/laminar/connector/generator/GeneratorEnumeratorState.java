package io.laminar.connector.generator;

import java.util.List;

/**
 * What the enumerator remembers.
 *
 * @param started whether splits have been made; they are made once, for the parallelism of the first start
 * @param unassigned splits that no reader holds
 */
public record GeneratorEnumeratorState(boolean started, List<GeneratorSplit> unassigned) {
    public GeneratorEnumeratorState {
        unassigned = List.copyOf(unassigned);
    }
}
