/** The nodes of a plan, one per kind of operator, and what they are made of. */
@NullMarked
package io.laminar.plan.node;

import org.jspecify.annotations.NullMarked;
