package io.laminar.format.raw;

import io.laminar.spi.format.FileCompression;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.Option;
import io.laminar.spi.type.DataType.Scalar;
import java.util.List;

/** {@code format = 'raw_bytes'}: each message, or line of a file, is the one column {@code value}. */
public final class RawBytesFormat implements RecordFormat {

    @Override
    public String name() {
        return "raw_bytes";
    }

    @Override
    public String description() {
        return "Messages, or lines of files, as they are, in one column named value.";
    }

    @Override
    public List<Option> options() {
        return List.of(FileCompression.option(name()));
    }

    @Override
    public void check(FormatSpec spec) {
        RawDecoder.checkColumn(spec, name(), Scalar.BYTES);
    }

    @Override
    public RecordDecoder decoder(FormatSpec spec) {
        return new RawDecoder(spec, false);
    }

    @Override
    public RecordEncoder encoder(FormatSpec spec) {
        return new RawEncoder();
    }
}
