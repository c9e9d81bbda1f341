@NullMarked
package io.laminar.metadata;

import org.jspecify.annotations.NullMarked;
