/** Records that are one value: a line of text, or bytes. */
@NullMarked
package io.laminar.format.raw;

import org.jspecify.annotations.NullMarked;
