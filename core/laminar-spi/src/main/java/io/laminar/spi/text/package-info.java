/** Numbers, times and other scalars read from and written to UTF-8 bytes, without strings in between. */
@NullMarked
package io.laminar.spi.text;

import org.jspecify.annotations.NullMarked;
