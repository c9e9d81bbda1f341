/** Queries over the flights data whose rows must equal those of DuckDB. */
@NullMarked
package io.laminar.sqltests.oracle;

import org.jspecify.annotations.NullMarked;
