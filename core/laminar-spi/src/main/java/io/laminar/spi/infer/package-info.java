/** Columns found out from samples of data and from schemas. */
@NullMarked
package io.laminar.spi.infer;

import org.jspecify.annotations.NullMarked;
