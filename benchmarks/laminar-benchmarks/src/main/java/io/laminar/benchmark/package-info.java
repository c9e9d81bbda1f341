/** Laminar and Flink SQL side by side in one process, and what comes out of it as a page. */
@NullMarked
package io.laminar.benchmark;

import org.jspecify.annotations.NullMarked;
