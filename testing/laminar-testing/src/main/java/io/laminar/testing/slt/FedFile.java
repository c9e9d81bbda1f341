package io.laminar.testing.slt;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.Schema;
import io.laminar.testing.text.TextRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of {@code feed TABLE file=PATH}: JSON lines, or CSV with a header line. */
final class FedFile {

    private FedFile() {}

    /** Finds a path beside the .slt file or in a folder above it. */
    static Path find(Path slt, String path) {
        for (Path folder = slt.toAbsolutePath().getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(path))) {
                return folder.resolve(path);
            }
        }
        throw new IllegalArgumentException("there is no file " + path + " beside the .slt file or above it");
    }

    static List<TextRow> rows(Path file, Schema schema) {
        boolean csv = file.toString().endsWith(".csv");
        OptionValues options = csv ? new OptionValues(java.util.Map.of("csv.header", true)) : OptionValues.EMPTY;
        String name = csv ? "csv" : "json";
        FormatSpec spec = new FormatSpec(
                name, schema, IntStream.range(0, schema.size()).boxed().toList(), options);
        RecordDecoder decoder = ((RecordFormat) Formats.named(name)).decoder(spec);
        try {
            return decode(decoder, Files.readAllBytes(file), schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<TextRow> decode(RecordDecoder decoder, byte[] bytes, Schema schema) {
        List<TextRow> rows = new ArrayList<>();
        decoder.reset();
        int at = 0;
        while (at < bytes.length) {
            BatchBuilder builder = new BatchBuilder(schema, Batch.TARGET_ROWS);
            int next = decoder.decode(bytes, at, bytes.length, true, builder, (buffer, from, to, reason) -> {
                throw reason;
            });
            rows.addAll(TextRow.of(builder.build(), schema));
            if (next == at) {
                break;
            }
            at = next;
        }
        return rows;
    }
}
