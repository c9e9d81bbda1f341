/** Sinks that end in this process: the terminal, a preview, nowhere. */
@NullMarked
package io.laminar.connector.console;

import org.jspecify.annotations.NullMarked;
