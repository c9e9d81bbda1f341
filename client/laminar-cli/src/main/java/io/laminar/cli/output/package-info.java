/** How rows are shown: tables, JSON lines, CSV. */
@NullMarked
package io.laminar.cli.output;

import org.jspecify.annotations.NullMarked;
