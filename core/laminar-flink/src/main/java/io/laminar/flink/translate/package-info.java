/** From a stream plan to a Flink job graph. */
@NullMarked
package io.laminar.flink.translate;

import org.jspecify.annotations.NullMarked;
