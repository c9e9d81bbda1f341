/** Comma-separated records: bytes straight into columns and back. */
@NullMarked
package io.laminar.format.csv;

import org.jspecify.annotations.NullMarked;
