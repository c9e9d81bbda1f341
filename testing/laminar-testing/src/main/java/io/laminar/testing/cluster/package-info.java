/** Clusters of real processes for tests: start, kill, stop for a while, restart. */
@NullMarked
package io.laminar.testing.cluster;

import org.jspecify.annotations.NullMarked;
