/** Laminar over the same events as batches. */
@NullMarked
package io.laminar.benchmark.laminar;

import org.jspecify.annotations.NullMarked;
