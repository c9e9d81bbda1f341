/** Tests of the Parquet format. */
@NullMarked
package io.laminar.format.parquet;

import org.jspecify.annotations.NullMarked;
