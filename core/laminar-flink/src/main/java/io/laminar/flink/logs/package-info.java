/** What jobs of this process log, job by job. */
@NullMarked
package io.laminar.flink.logs;

import org.jspecify.annotations.NullMarked;
