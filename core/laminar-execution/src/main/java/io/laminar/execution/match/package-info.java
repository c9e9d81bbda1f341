/** Matches of row patterns: MATCH_RECOGNIZE. */
@NullMarked
package io.laminar.execution.match;

import org.jspecify.annotations.NullMarked;
