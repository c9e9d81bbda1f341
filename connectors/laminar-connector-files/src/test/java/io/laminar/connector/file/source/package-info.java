/** Tests of the file connectors. */
@NullMarked
package io.laminar.connector.file.source;

import org.jspecify.annotations.NullMarked;
