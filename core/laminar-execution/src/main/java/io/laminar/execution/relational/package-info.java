/** Operators of relational algebra that neither aggregate nor join: grouping sets, UNNEST, INTERSECT and EXCEPT. */
@NullMarked
package io.laminar.execution.relational;

import org.jspecify.annotations.NullMarked;
