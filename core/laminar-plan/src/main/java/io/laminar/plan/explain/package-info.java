/** Plans as text, JSON and DOT for people. */
@NullMarked
package io.laminar.plan.explain;

import org.jspecify.annotations.NullMarked;
