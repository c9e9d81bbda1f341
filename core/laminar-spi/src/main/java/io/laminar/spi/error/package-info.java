/** Error codes, places and the one exception a user ever sees. */
@NullMarked
package io.laminar.spi.error;

import org.jspecify.annotations.NullMarked;
