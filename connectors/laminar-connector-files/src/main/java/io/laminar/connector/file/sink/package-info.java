/** Writes files, each row exactly once. */
@NullMarked
package io.laminar.connector.file.sink;

import org.jspecify.annotations.NullMarked;
