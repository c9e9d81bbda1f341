/** Errors of a SQL text on their way to the user. */
@NullMarked
package io.laminar.sql.error;

import org.jspecify.annotations.NullMarked;
