/** Event time and watermarks of sources, split by split. */
@NullMarked
package io.laminar.flink.source;

import org.jspecify.annotations.NullMarked;
