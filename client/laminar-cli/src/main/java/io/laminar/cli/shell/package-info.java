/** The interactive shell. */
@NullMarked
package io.laminar.cli.shell;

import org.jspecify.annotations.NullMarked;
