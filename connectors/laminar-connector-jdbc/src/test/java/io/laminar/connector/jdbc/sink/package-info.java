/** Tests of writing tables of databases, against real servers. */
@NullMarked
package io.laminar.connector.jdbc.sink;

import org.jspecify.annotations.NullMarked;
