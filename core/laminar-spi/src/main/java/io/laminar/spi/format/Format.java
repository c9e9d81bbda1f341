package io.laminar.spi.format;

import io.laminar.spi.option.Option;
import java.util.List;

/** A way to write rows as bytes. Found by {@link java.util.ServiceLoader}; stateless. */
public sealed interface Format permits RecordFormat, FileFormat {

    /** As in {@code format = '...'}. */
    String name();

    /** One sentence for the reference. */
    String description();

    /** Options, named {@code <format>.<option>}. */
    List<Option> options();

    default boolean readable() {
        return true;
    }

    default boolean writable() {
        return true;
    }

    /** Whether records carry a {@link io.laminar.spi.batch.RowKind}: such a table reads and takes a changelog. */
    default boolean changelog() {
        return false;
    }

    /**
     * Refuses schemas and options that do not go together.
     *
     * @throws io.laminar.spi.error.LaminarException INVALID_SCHEMA or INVALID_OPTION
     */
    default void check(FormatSpec spec) {}

    /** What {@link #check} refuses, and what stands against reading: schemas in a registry that do not fit the table. */
    default void checkReading(FormatSpec spec) {
        check(spec);
    }

    /** What {@link #check} refuses, and what stands against writing: a registry that does not take the schema. */
    default void checkWriting(FormatSpec spec) {
        check(spec);
    }
}
