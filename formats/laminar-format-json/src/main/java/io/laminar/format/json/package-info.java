/** JSON records: bytes straight into columns and back. */
@NullMarked
package io.laminar.format.json;

import org.jspecify.annotations.NullMarked;
