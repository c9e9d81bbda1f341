/** The {@code laminar} command. */
@NullMarked
package io.laminar.cli;

import org.jspecify.annotations.NullMarked;
