package io.laminar.format.protobuf;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.testing.format.RecordTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table in the format protobuf. */
final class Protobuf extends RecordTable {
    static final ProtobufFormat FORMAT = new ProtobufFormat();

    Protobuf(FormatSpec spec) {
        super(FORMAT, spec);
    }

    /** Messages of the type M of a .proto text. */
    static Protobuf of(String text, Field... columns) {
        return new Protobuf(spec(Map.of("protobuf.schema", text, "protobuf.message", "M"), columns));
    }

    static FormatSpec spec(Map<String, ?> options, Field... columns) {
        Schema schema = Schema.of(columns);
        return spec(
                FORMAT,
                options,
                schema,
                IntStream.range(0, schema.size()).boxed().toList());
    }

    byte[] encode(List<@Nullable Object> row) {
        return encode(spec(), row);
    }

    static byte[] encode(FormatSpec spec, List<@Nullable Object> row) {
        FORMAT.checkWriting(spec);
        Slice out = new Slice();
        FORMAT.encoder(spec).encodeMessage(batch(spec.schema(), List.of(row)), 0, out);
        return Arrays.copyOfRange(out.base(), out.offset(), out.offset() + out.length());
    }
}
