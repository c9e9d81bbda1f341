/** Runs operators of laminar-execution inside Flink tasks. */
@NullMarked
package io.laminar.flink.operator;

import org.jspecify.annotations.NullMarked;
