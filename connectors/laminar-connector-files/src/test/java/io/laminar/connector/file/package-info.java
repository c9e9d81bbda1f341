/** Tests of the file connectors. */
@NullMarked
package io.laminar.connector.file;

import org.jspecify.annotations.NullMarked;
