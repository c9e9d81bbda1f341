/** SQL types as Calcite knows them, and the rules that give operators their types. */
@NullMarked
package io.laminar.sql.type;

import org.jspecify.annotations.NullMarked;
