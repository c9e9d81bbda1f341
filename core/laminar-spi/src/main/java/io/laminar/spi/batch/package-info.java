/** Rows as columns: batches, columns, builders and their serialised form. */
@NullMarked
package io.laminar.spi.batch;

import org.jspecify.annotations.NullMarked;
