/** Parquet files, read and written column by column, without Hadoop at work. */
@NullMarked
package io.laminar.format.parquet;

import org.jspecify.annotations.NullMarked;
