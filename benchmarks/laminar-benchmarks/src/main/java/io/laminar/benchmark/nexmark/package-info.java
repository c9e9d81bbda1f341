/** The queries of Nexmark in both dialects and the events they run over. */
@NullMarked
package io.laminar.benchmark.nexmark;

import org.jspecify.annotations.NullMarked;
