/** Splitting of batches between subtasks. */
@NullMarked
package io.laminar.execution.exchange;

import org.jspecify.annotations.NullMarked;
