/** Compiles expressions to loops over the columns of a batch. */
@NullMarked
package io.laminar.execution.expression;

import org.jspecify.annotations.NullMarked;
