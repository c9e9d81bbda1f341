/** What waits for answers from outside: calls of functions, and batches whose rows need them. */
@NullMarked
package io.laminar.execution.async;

import org.jspecify.annotations.NullMarked;
