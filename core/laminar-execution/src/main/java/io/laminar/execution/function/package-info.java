/** The built-in SQL functions: one class per family, every function a plain static method. */
@NullMarked
package io.laminar.execution.function;

import org.jspecify.annotations.NullMarked;
