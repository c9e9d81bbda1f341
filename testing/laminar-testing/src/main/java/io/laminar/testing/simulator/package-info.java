/** Runs a plan without Flink on one thread: exchanges, watermarks, barriers, kills and rescaling in seeded order. */
@NullMarked
package io.laminar.testing.simulator;

import org.jspecify.annotations.NullMarked;
