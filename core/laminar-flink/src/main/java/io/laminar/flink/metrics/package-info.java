/** Counters of running jobs, read in the same process. */
@NullMarked
package io.laminar.flink.metrics;

import org.jspecify.annotations.NullMarked;
