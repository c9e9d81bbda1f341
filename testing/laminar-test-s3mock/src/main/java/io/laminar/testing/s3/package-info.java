/** An object store for tests. */
@NullMarked
package io.laminar.testing.s3;

import org.jspecify.annotations.NullMarked;
