/** Declarations of SQL functions, read by the planner and by the compiler of expressions. */
@NullMarked
package io.laminar.spi.function;

import org.jspecify.annotations.NullMarked;
