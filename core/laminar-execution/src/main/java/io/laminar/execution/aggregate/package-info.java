/** Aggregates as arrays of states, one state per group. */
@NullMarked
package io.laminar.execution.aggregate;

import org.jspecify.annotations.NullMarked;
