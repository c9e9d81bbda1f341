package io.laminar.format.avro;

import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.testing.format.RecordTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** A table in the format avro. */
final class Avro extends RecordTable {
    static final AvroFormat FORMAT = new AvroFormat();

    Avro(FormatSpec spec) {
        super(FORMAT, spec);
    }

    /** Raw datums that a schema wrote. */
    static Avro raw(String schema, Field... columns) {
        return new Avro(spec(Map.of("avro.raw_datums", true, "avro.schema", schema), columns));
    }

    static Avro raw(org.apache.avro.Schema schema, Field... columns) {
        return raw(schema.toString(), columns);
    }

    static FormatSpec spec(Map<String, ?> options, Field... columns) {
        Schema schema = Schema.of(columns);
        return spec(options, schema, IntStream.range(0, schema.size()).boxed().toList());
    }

    static FormatSpec spec(Map<String, ?> options, Schema schema, List<Integer> projection) {
        return spec(FORMAT, options, schema, projection);
    }

    /** What the library writes for a value. */
    static byte[] datum(org.apache.avro.Schema schema, @Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(value, encoder);
            encoder.flush();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }
}
