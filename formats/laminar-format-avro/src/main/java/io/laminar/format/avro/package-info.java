/** Avro: datums, messages with the id of their schema, and container files, straight into columns and back. */
@NullMarked
package io.laminar.format.avro;

import org.jspecify.annotations.NullMarked;
