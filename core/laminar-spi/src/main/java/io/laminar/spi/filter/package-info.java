/** Which rows of a source are wanted. */
@NullMarked
package io.laminar.spi.filter;

import org.jspecify.annotations.NullMarked;
