/** The .slt format: what a file says, how it is read and run in every mode. */
@NullMarked
package io.laminar.testing.slt;

import org.jspecify.annotations.NullMarked;
