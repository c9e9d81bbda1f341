/** Runs plan nodes: which operator does what a node says. */
@NullMarked
package io.laminar.execution;

import org.jspecify.annotations.NullMarked;
