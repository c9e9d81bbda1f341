/** Starts, watches and stops jobs on an embedded Flink cluster. */
@NullMarked
package io.laminar.flink.runtime;

import org.jspecify.annotations.NullMarked;
