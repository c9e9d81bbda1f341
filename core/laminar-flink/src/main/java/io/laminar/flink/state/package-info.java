/** Where Flink keeps the state of operators: files of sections by key group, handed over as incremental state. */
@NullMarked
package io.laminar.flink.state;

import org.jspecify.annotations.NullMarked;
