/** Tests of the JSON format. */
@NullMarked
package io.laminar.format.json;

import org.jspecify.annotations.NullMarked;
