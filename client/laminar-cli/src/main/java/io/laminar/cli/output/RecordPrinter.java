package io.laminar.cli.output;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.Schema;
import java.io.PrintStream;
import java.util.stream.IntStream;

/** Prints rows as records of a format, one per line. */
final class RecordPrinter implements RowPrinter {
    private final RecordEncoder encoder;
    private final PrintStream out;
    private final Slice bytes = new Slice();
    private boolean started;

    RecordPrinter(String format, Schema schema, OptionValues options, PrintStream out) {
        FormatSpec spec = new FormatSpec(
                format, schema, IntStream.range(0, schema.size()).boxed().toList(), options);
        this.encoder = ((RecordFormat) Formats.named(format)).encoder(spec);
        this.out = out;
    }

    @Override
    public void print(Batch batch) {
        start();
        bytes.reserve(0);
        encoder.encode(batch, bytes);
        out.write(bytes.base(), bytes.offset(), bytes.length());
        out.flush();
    }

    private void start() {
        if (!started) {
            byte[] header = encoder.header();
            out.write(header, 0, header.length);
            started = true;
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void finish() {
        start();
        out.flush();
    }
}
