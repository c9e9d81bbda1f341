/** Expressions made simpler without a change of their values. */
@NullMarked
package io.laminar.plan.simplify;

import org.jspecify.annotations.NullMarked;
