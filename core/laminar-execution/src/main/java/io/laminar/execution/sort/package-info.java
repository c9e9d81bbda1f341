/** Ordering: sort keys as bytes, ranking within windows, sorting and limiting of results that end. */
@NullMarked
package io.laminar.execution.sort;

import org.jspecify.annotations.NullMarked;
