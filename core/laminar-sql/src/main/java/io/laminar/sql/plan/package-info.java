/** Relational algebra to stream plans. */
@NullMarked
package io.laminar.sql.plan;

import org.jspecify.annotations.NullMarked;
