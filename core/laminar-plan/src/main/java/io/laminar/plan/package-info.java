/** The plan of a pipeline: an immutable graph of nodes that says what is computed, not how. */
@NullMarked
package io.laminar.plan;

import org.jspecify.annotations.NullMarked;
