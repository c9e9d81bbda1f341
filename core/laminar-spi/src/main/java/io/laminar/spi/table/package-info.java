/** What a table is, once its DDL has been read: the description that travels to connectors. */
@NullMarked
package io.laminar.spi.table;

import org.jspecify.annotations.NullMarked;
