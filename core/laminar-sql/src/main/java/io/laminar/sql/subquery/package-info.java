/**
 * Queries inside expressions and LATERAL queries as joins, so that nothing of the plan runs once per row of another part.
 */
@NullMarked
package io.laminar.sql.subquery;

import org.jspecify.annotations.NullMarked;
