/** Tables of databases that speak JDBC. */
@NullMarked
package io.laminar.connector.jdbc;

import org.jspecify.annotations.NullMarked;
