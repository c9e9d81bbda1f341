/** Asking outside systems without a job: whether they can be reached, and what is there. */
@NullMarked
package io.laminar.connector.probe;

import org.jspecify.annotations.NullMarked;
