/** What a loop written by hand over the same arrays or bytes reaches. */
@NullMarked
package io.laminar.benchmark.roofline;

import org.jspecify.annotations.NullMarked;
