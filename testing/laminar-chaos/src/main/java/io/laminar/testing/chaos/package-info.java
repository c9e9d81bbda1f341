/** A pipeline whose processes are killed, paused and cut off while it runs, and whose answers have to be right. */
@NullMarked
package io.laminar.testing.chaos;

import org.jspecify.annotations.NullMarked;
