/** Declarations that are stored beside the texts of pipelines and used by their names. */
@NullMarked
package io.laminar.sql.stored;

import org.jspecify.annotations.NullMarked;
