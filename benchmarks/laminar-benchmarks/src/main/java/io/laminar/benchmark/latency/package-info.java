/** How long rows take from when they happen until they are in a sink, at a fixed rate. */
@NullMarked
package io.laminar.benchmark.latency;

import org.jspecify.annotations.NullMarked;
