/** Tests of the Protobuf format. */
@NullMarked
package io.laminar.format.protobuf;

import org.jspecify.annotations.NullMarked;
