/** Rewrites of plans, each a small named step. */
@NullMarked
package io.laminar.plan.pass;

import org.jspecify.annotations.NullMarked;
