/** Contracts between bytes and batches. */
@NullMarked
package io.laminar.spi.format;

import org.jspecify.annotations.NullMarked;
