/** Keys as bytes and numbers: hashing, tables, their order, their way to key groups and subtasks. */
@NullMarked
package io.laminar.execution.key;

import org.jspecify.annotations.NullMarked;
