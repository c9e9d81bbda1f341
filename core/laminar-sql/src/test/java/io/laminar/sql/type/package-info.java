/** Types of operators and literals. */
@NullMarked
package io.laminar.sql.type;

import org.jspecify.annotations.NullMarked;
