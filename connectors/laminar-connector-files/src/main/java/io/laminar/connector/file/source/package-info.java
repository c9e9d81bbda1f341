/** Reads files in splits, at exact positions. */
@NullMarked
package io.laminar.connector.file.source;

import org.jspecify.annotations.NullMarked;
