/** Static methods and small objects that generated code calls for what is too long to write out in place. */
@NullMarked
package io.laminar.execution.expression.kernel;

import org.jspecify.annotations.NullMarked;
