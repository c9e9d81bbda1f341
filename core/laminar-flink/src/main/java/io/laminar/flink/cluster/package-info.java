/** Processes of a Flink cluster of its own: coordinator and workers, their settings, and who they are. */
@NullMarked
package io.laminar.flink.cluster;

import org.jspecify.annotations.NullMarked;
