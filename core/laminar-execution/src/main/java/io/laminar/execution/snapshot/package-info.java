/**
 * Snapshots of a subtask's state as files: sections by key group, which later snapshots can refer to again. What is
 * written here an operator says in terms of {@link io.laminar.execution.state}; where the bytes go, a runtime decides.
 */
@NullMarked
package io.laminar.execution.snapshot;

import org.jspecify.annotations.NullMarked;
