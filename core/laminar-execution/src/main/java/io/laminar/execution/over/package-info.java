/** Functions over rows around each row (OVER): rows in slots, frames that move along partitions, and what is computed. */
@NullMarked
package io.laminar.execution.over;

import org.jspecify.annotations.NullMarked;
