package io.laminar.format.raw;

import io.laminar.spi.format.FileCompression;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.Option;
import io.laminar.spi.type.DataType.Scalar;
import java.util.List;

/** {@code format = 'raw_string'}: each line or message is the text of the one column {@code value}. */
public final class RawStringFormat implements RecordFormat {

    @Override
    public String name() {
        return "raw_string";
    }

    @Override
    public String description() {
        return "Lines or messages of text, in one column named value.";
    }

    @Override
    public List<Option> options() {
        return List.of(FileCompression.option(name()));
    }

    @Override
    public void check(FormatSpec spec) {
        RawDecoder.checkColumn(spec, name(), Scalar.TEXT);
    }

    @Override
    public RecordDecoder decoder(FormatSpec spec) {
        return new RawDecoder(spec, true);
    }

    @Override
    public RecordEncoder encoder(FormatSpec spec) {
        return new RawEncoder();
    }
}
