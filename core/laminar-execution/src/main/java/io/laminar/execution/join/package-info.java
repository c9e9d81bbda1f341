/** Joins of two inputs. */
@NullMarked
package io.laminar.execution.join;

import org.jspecify.annotations.NullMarked;
