/** Options of connectors and formats, declared once. */
@NullMarked
package io.laminar.spi.option;

import org.jspecify.annotations.NullMarked;
