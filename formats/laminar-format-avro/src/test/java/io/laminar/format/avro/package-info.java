/** Tests of the Avro format. */
@NullMarked
package io.laminar.format.avro;

import org.jspecify.annotations.NullMarked;
