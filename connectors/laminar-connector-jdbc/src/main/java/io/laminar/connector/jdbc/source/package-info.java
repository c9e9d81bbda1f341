/** Reads tables of databases once, in parts. */
@NullMarked
package io.laminar.connector.jdbc.source;

import org.jspecify.annotations.NullMarked;
