/** Joins of rows with tables of outside systems, which are asked by key. */
@NullMarked
package io.laminar.execution.lookup;

import org.jspecify.annotations.NullMarked;
