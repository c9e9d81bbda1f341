package io.laminar.spi.format;

import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.SourceFilter;
import java.io.IOException;
import java.io.OutputStream;

/** A format of whole files that are read from any position. A format may be a {@link RecordFormat}, too. */
public non-sealed interface FileFormat extends Format {

    /** Whether files of a table are whole; else they are records one after the other, of a {@link RecordFormat}. */
    default boolean wholeFiles(FormatSpec spec) {
        return true;
    }

    /** Opens a file for reading. */
    FileReader open(RandomAccessInput input, FormatSpec spec) throws IOException;

    /** Whether {@link #open(RandomAccessInput, FormatSpec, long, long)} tells parts of a file apart. */
    default boolean splittable() {
        return false;
    }

    /**
     * Opens the part of a file between two offsets in bytes. Every row is in exactly one of the parts a file is cut into,
     * wherever it is cut; parts may be empty.
     */
    default FileReader open(RandomAccessInput input, FormatSpec spec, long from, long to) throws IOException {
        if (from == 0 && to >= input.length()) {
            return open(input, spec);
        }
        throw new UnsupportedOperationException(name() + " files are read whole");
    }

    /** Whether {@link #open(RandomAccessInput, FormatSpec, long, long, SourceFilter)} makes use of a condition. */
    default boolean filters(FormatSpec spec, ColumnCondition condition) {
        return false;
    }

    /** The same without rows that nobody wants, as far as the format can tell without reading them. */
    default FileReader open(RandomAccessInput input, FormatSpec spec, long from, long to, SourceFilter filter)
            throws IOException {
        return open(input, spec, from, to);
    }

    /** Starts a file. */
    FileWriter create(OutputStream output, FormatSpec spec) throws IOException;
}
