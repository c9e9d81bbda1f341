/** Scalar expressions over the columns of one row. */
@NullMarked
package io.laminar.plan.expression;

import org.jspecify.annotations.NullMarked;
