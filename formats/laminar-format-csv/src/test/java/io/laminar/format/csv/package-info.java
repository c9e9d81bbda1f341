/** Tests of the CSV format. */
@NullMarked
package io.laminar.format.csv;

import org.jspecify.annotations.NullMarked;
