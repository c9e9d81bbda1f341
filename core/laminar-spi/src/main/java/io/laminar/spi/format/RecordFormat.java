package io.laminar.spi.format;

/** A format whose records can be read one after the other, from streams of bytes or from messages. */
public non-sealed interface RecordFormat extends Format {

    /** A decoder for one source reader; not shared between threads. */
    RecordDecoder decoder(FormatSpec spec);

    /** An encoder for one sink writer; not shared between threads. */
    RecordEncoder encoder(FormatSpec spec);
}
