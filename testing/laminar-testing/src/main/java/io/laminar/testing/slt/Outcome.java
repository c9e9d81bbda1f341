package io.laminar.testing.slt;

import io.laminar.spi.error.LaminarException;
import io.laminar.testing.text.TextRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came out of a run.
 *
 * @param changes by sink, in the order in which they were committed
 * @param counters of all operators by name
 * @param error what made the pipeline fail
 */
record Outcome(Map<String, List<TextRow>> changes, Map<String, Long> counters, Optional<LaminarException> error) {}
