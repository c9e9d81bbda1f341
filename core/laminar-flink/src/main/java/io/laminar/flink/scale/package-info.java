/** More and fewer subtasks for the operators of a running job: asked for by people, or by the autoscaler. */
@NullMarked
package io.laminar.flink.scale;

import org.jspecify.annotations.NullMarked;
