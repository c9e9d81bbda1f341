package io.laminar.format.debezium;

import io.laminar.format.json.JsonFormat;
import io.laminar.spi.format.FileCompression;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.Option;
import java.util.ArrayList;
import java.util.List;

/** {@code format = 'debezium_json'}: one change per record, with the row before and after it. */
public final class DebeziumFormat implements RecordFormat {
    static final Option INCLUDE_SCHEMA = JsonFormat.INCLUDE_SCHEMA;

    private static final JsonFormat JSON = new JsonFormat();

    @Override
    public String name() {
        return "debezium_json";
    }

    @Override
    public String description() {
        return "A changelog as JSON: op, before and after, as Debezium writes it.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>();
        options.add(INCLUDE_SCHEMA);
        for (Option option : JSON.options()) {
            if (option.name().equals("json.timestamp_format") || option.name().equals("json.decimal_encoding")) {
                options.add(option);
            }
        }
        options.add(FileCompression.option(name()));
        return options;
    }

    @Override
    public boolean changelog() {
        return true;
    }

    @Override
    public void check(FormatSpec spec) {
        JSON.check(spec);
    }

    @Override
    public void checkWriting(FormatSpec spec) {
        check(spec);
        JSON.checkWriting(Envelope.write(spec));
    }

    @Override
    public RecordDecoder decoder(FormatSpec spec) {
        return new DebeziumDecoder(spec, JSON.decoder(Envelope.read(spec)));
    }

    @Override
    public RecordEncoder encoder(FormatSpec spec) {
        return new DebeziumEncoder(JSON.encoder(Envelope.write(spec)));
    }
}
