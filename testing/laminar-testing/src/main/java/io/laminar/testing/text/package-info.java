/** Values and rows as text, for test scripts. */
@NullMarked
package io.laminar.testing.text;

import org.jspecify.annotations.NullMarked;
