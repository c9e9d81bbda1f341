/** Tests of the file connectors. */
@NullMarked
package io.laminar.connector.file.sink;

import org.jspecify.annotations.NullMarked;
