/** Flink's view of a batch: its type and serialiser. */
@NullMarked
package io.laminar.flink.batch;

import org.jspecify.annotations.NullMarked;
