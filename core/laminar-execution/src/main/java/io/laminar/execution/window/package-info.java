/** Windows in event or processing time: how rows are cut into panes, and panes combined into windows. */
@NullMarked
package io.laminar.execution.window;

import org.jspecify.annotations.NullMarked;
