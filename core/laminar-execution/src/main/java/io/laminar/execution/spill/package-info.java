/** State beyond the heap: operators run in slices of their keys, of which those that are not in use lie on disk. */
@NullMarked
package io.laminar.execution.spill;

import org.jspecify.annotations.NullMarked;
