/** Rows kept in columns: the state of joins and of other operators that hold rows. */
@NullMarked
package io.laminar.execution.store;

import org.jspecify.annotations.NullMarked;
