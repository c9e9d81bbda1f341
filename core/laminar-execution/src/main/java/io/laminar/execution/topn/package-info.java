/** The first rows of partitions of all rows so far, and one row per key. */
@NullMarked
package io.laminar.execution.topn;

import org.jspecify.annotations.NullMarked;
