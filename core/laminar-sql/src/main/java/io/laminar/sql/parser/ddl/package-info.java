/** Nodes of the statements and clauses that Calcite's own grammar does not have. */
@NullMarked
package io.laminar.sql.parser.ddl;

import org.jspecify.annotations.NullMarked;
