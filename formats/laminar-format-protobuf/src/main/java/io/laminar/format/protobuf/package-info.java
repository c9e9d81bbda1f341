/** Protocol Buffers: messages straight into columns and back. */
@NullMarked
package io.laminar.format.protobuf;

import org.jspecify.annotations.NullMarked;
