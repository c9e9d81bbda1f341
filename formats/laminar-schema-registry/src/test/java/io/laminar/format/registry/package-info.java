/** Tests of the client of schema registries. */
@NullMarked
package io.laminar.format.registry;

import org.jspecify.annotations.NullMarked;
