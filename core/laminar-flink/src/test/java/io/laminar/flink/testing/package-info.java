/** A connector and operators for tests of the runtime. */
@NullMarked
package io.laminar.flink.testing;

import org.jspecify.annotations.NullMarked;
