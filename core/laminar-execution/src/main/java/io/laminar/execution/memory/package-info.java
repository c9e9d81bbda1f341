/** How much heap state takes. */
@NullMarked
package io.laminar.execution.memory;

import org.jspecify.annotations.NullMarked;
