/** Tutorials run as they are written. */
@NullMarked
package io.laminar.testing.tutorial;

import org.jspecify.annotations.NullMarked;
