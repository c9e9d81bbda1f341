/** The impulse connector: a counter. */
@NullMarked
package io.laminar.connector.generator.impulse;

import org.jspecify.annotations.NullMarked;
