/** Writes tables of databases: at least once, once by key, or once by transactions that end with checkpoints. */
@NullMarked
package io.laminar.connector.jdbc.sink;

import org.jspecify.annotations.NullMarked;
