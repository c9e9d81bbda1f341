/** Tests of tables of databases, against real servers. */
@NullMarked
package io.laminar.connector.jdbc;

import org.jspecify.annotations.NullMarked;
