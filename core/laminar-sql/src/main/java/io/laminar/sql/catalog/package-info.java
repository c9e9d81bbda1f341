/** What tables, views and connectors a pipeline knows, and how their declarations are read. */
@NullMarked
package io.laminar.sql.catalog;

import org.jspecify.annotations.NullMarked;
