/** Tests of the raw formats. */
@NullMarked
package io.laminar.format.raw;

import org.jspecify.annotations.NullMarked;
