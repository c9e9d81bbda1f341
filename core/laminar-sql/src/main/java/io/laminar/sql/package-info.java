/** SQL text to a plan that can run: {@link io.laminar.sql.PipelineCompiler} is the way in. */
@NullMarked
package io.laminar.sql;

import org.jspecify.annotations.NullMarked;
