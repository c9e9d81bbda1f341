package io.laminar.spi.format;

import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.Schema;
import java.io.Serializable;
import java.util.List;

/**
 * A format as one table uses it.
 *
 * @param format name of the format
 * @param schema all columns of the record, in the order declared (without metadata and generated columns)
 * @param projection the positions in {@code schema} that are read, in the order produced; for writing all of them
 * @param options the format's options
 */
public record FormatSpec(String format, Schema schema, List<Integer> projection, OptionValues options)
        implements Serializable {
    public FormatSpec {
        projection = List.copyOf(projection);
    }

    /** The columns that are read, in the order produced. */
    public Schema projected() {
        return schema.select(projection);
    }
}
