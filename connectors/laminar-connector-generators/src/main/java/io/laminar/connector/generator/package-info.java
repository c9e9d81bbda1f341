/** Sources that make up their rows: numbered, repeatable, at a chosen rate. */
@NullMarked
package io.laminar.connector.generator;

import org.jspecify.annotations.NullMarked;
