/** Tables that are files: {@code single_file} and {@code filesystem}. */
@NullMarked
package io.laminar.connector.file;

import org.jspecify.annotations.NullMarked;
