/** Options as they are written. */
@NullMarked
package io.laminar.sql.catalog;

import org.jspecify.annotations.NullMarked;
