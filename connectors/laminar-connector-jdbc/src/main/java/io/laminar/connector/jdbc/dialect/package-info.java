/** How rows are written into each kind of database. */
@NullMarked
package io.laminar.connector.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
