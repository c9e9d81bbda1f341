package io.laminar.format.parquet;

import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.page.PageReadStore;
import org.jspecify.annotations.Nullable;

/** Reads the values of one column, nested or not, into its builder. */
interface ColumnSource {

    /** Goes to the start of a row group. */
    void start(PageReadStore group, @Nullable ParsedVersion writer);

    /** Appends the next values. */
    void read(int count);

    /** Appends the next value, or null where one of the groups around it is null. */
    void readOne();

    /** Passes over the place of a value that one of the groups around it does not have. */
    void passOver();

    /** The definition level of the next value of the first leaf. */
    int definition();

    /** The repetition level of the next value of the first leaf. */
    int repetition();
}
