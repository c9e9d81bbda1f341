/** Databases and what they say about their tables. */
@NullMarked
package io.laminar.connector.jdbc.database;

import org.jspecify.annotations.NullMarked;
