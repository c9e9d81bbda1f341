/** What state costs. */
@NullMarked
package io.laminar.benchmark.state;

import org.jspecify.annotations.NullMarked;
