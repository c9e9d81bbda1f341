/** Hashing of keys and their way to key groups and subtasks. */
@NullMarked
package io.laminar.execution.key;

import org.jspecify.annotations.NullMarked;
