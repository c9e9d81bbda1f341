/** Tests of reading tables of databases, against a real server. */
@NullMarked
package io.laminar.connector.jdbc.source;

import org.jspecify.annotations.NullMarked;
