/** Logical SQL types, fields and schemas. */
@NullMarked
package io.laminar.spi.type;

import org.jspecify.annotations.NullMarked;
