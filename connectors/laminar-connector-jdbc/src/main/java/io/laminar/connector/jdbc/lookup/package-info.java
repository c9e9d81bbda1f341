/** Asks tables of databases for rows by key. */
@NullMarked
package io.laminar.connector.jdbc.lookup;

import org.jspecify.annotations.NullMarked;
