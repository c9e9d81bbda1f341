package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the rows of a batch.
 *
 * @param condition rows for which it does not hold are left out; null for a pass over rows already selected
 * @param outputs what is computed for the rows that are left
 * @param firstOutput position of the first output among all computed columns
 * @param selected whether the rows to visit come from a selection
 */
record Loop(@Nullable Expression condition, List<Expression> outputs, int firstOutput, boolean selected) {}
