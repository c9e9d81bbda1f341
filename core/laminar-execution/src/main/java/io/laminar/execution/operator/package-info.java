/** What an operator is, and the operators themselves. No class here knows Flink. */
@NullMarked
package io.laminar.execution.operator;

import org.jspecify.annotations.NullMarked;
