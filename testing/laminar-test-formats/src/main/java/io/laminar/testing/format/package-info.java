/** What tests of record formats share. */
@NullMarked
package io.laminar.testing.format;

import org.jspecify.annotations.NullMarked;
