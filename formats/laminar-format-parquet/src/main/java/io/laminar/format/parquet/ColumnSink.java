package io.laminar.format.parquet;

import io.laminar.spi.batch.Column;

/** Writes the values of one column, nested or not, as Parquet's levels and values. */
interface ColumnSink {

    /** Writes the value of a row; {@code repetition} is the level of the repeated group that goes on with it. */
    void write(Column column, int row, int repetition);

    /** Writes that there is nothing, as only the groups down to the level {@code definition} are there. */
    void writeNothing(int repetition, int definition);
}
