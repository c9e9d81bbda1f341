/** The functions and operators of the dialect, as Calcite's validator meets them. */
@NullMarked
package io.laminar.sql.function;

import org.jspecify.annotations.NullMarked;
