package io.laminar.spi.format;

import java.io.IOException;
import java.io.OutputStream;

/** A format of whole files that are read from any position. */
public non-sealed interface FileFormat extends Format {

    /** Opens a file for reading. */
    FileReader open(RandomAccessInput input, FormatSpec spec) throws IOException;

    /** Starts a file. */
    FileWriter create(OutputStream output, FormatSpec spec) throws IOException;
}
