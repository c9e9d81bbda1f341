/** Tables of outside systems that are asked for rows by key. */
@NullMarked
package io.laminar.spi.lookup;

import org.jspecify.annotations.NullMarked;
