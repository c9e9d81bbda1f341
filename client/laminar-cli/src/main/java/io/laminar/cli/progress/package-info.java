/** What a terminal shows while a pipeline runs. */
@NullMarked
package io.laminar.cli.progress;

import org.jspecify.annotations.NullMarked;
