/** The opponent: Flink SQL over the same events in its own row form. */
@NullMarked
package io.laminar.benchmark.flink;

import org.jspecify.annotations.NullMarked;
