/** From SQL text to plan, compared as text. */
@NullMarked
package io.laminar.sql;

import org.jspecify.annotations.NullMarked;
