/** Text of the dialect to Calcite's SqlNode trees, and the errors a text can have. */
@NullMarked
package io.laminar.sql.parser;

import org.jspecify.annotations.NullMarked;
