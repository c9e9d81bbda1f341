/** How operators write their state and read it back, key group by key group. */
@NullMarked
package io.laminar.execution.state;

import org.jspecify.annotations.NullMarked;
