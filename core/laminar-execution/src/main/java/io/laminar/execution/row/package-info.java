/** Rows that operators keep, as columns. */
@NullMarked
package io.laminar.execution.row;

import org.jspecify.annotations.NullMarked;
