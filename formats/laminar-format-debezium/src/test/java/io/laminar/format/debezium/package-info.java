/** Tests of the Debezium format. */
@NullMarked
package io.laminar.format.debezium;

import org.jspecify.annotations.NullMarked;
