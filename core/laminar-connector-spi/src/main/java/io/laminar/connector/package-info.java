/** What a connector brings: Flink sources and sinks that speak batches. */
@NullMarked
package io.laminar.connector;

import org.jspecify.annotations.NullMarked;
