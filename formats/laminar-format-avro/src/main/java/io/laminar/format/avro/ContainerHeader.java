package io.laminar.format.avro;

import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.RecordOutput;
import io.laminar.spi.format.VarintReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/**
 * The start of a container: what wrote it, and the mark that stands after every block.
 *
 * @param schemaText the writer's schema as JSON
 * @param sync 16 bytes
 * @param length of the header in bytes
 */
record ContainerHeader(String schemaText, BlockCodec codec, byte[] sync, int length) {
    static final int SYNC_SIZE = 16;
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final String SCHEMA = "avro.schema";
    private static final String CODEC = "avro.codec";

    /**
     * Reads the header at {@code from}.
     *
     * @throws RecordFailure if there is none, or not all of it
     */
    static ContainerHeader read(byte[] b, int from, int limit) {
        int magicEnd = from + MAGIC.length;
        if (limit - from < MAGIC.length) {
            throw RecordFailure.truncated(from);
        }
        if (!Arrays.equals(b, from, magicEnd, MAGIC, 0, MAGIC.length)) {
            throw new RecordFailure(
                    from,
                    "this is no Avro container: it does not start with Obj and 1; bare datums need avro.raw_datums ="
                            + " true, datums after an id avro.confluent_schema_registry = true");
        }
        VarintReader ints = new VarintReader();
        Map<String, byte[]> meta = new LinkedHashMap<>();
        int p = magicEnd;
        while (true) {
            int entries = Lengths.items(ints, b, p, limit, 2);
            p = ints.next();
            if (entries == 0) {
                break;
            }
            for (int i = 0; i < entries; i++) {
                byte[] key = sized(ints, b, p, limit);
                p = ints.next() + key.length;
                byte[] value = sized(ints, b, p, limit);
                p = ints.next() + value.length;
                meta.put(new String(key, StandardCharsets.UTF_8), value);
            }
        }
        int end = Lengths.end(p, SYNC_SIZE, limit);
        byte @Nullable [] schema = meta.get(SCHEMA);
        if (schema == null) {
            throw new RecordFailure(from, "the header of the container has no schema");
        }
        byte[] codec = meta.getOrDefault(CODEC, "null".getBytes(StandardCharsets.UTF_8));
        try {
            return new ContainerHeader(
                    new String(schema, StandardCharsets.UTF_8),
                    BlockCodec.named(new String(codec, StandardCharsets.UTF_8)),
                    Arrays.copyOfRange(b, p, end),
                    end - from);
        } catch (IOException unknownCodec) {
            throw new RecordFailure(from, String.valueOf(unknownCodec.getMessage()));
        }
    }

    private static byte[] sized(VarintReader ints, byte[] b, int from, int limit) {
        int count = Lengths.read(ints, b, from, limit);
        return Arrays.copyOfRange(b, ints.next(), ints.next() + count);
    }

    /**
     * The writer's schema.
     *
     * @throws LaminarException BAD_RECORD
     */
    Schema schema() {
        try {
            return new Schema.Parser().setValidateDefaults(false).parse(schemaText);
        } catch (SchemaParseException invalid) {
            throw new LaminarException(
                    io.laminar.spi.error.ErrorCode.BAD_RECORD,
                    "the schema in the header of the container cannot be read: " + invalid.getMessage());
        }
    }

    void write(RecordOutput out) {
        out.put(MAGIC);
        Writers.writeLong(2, out);
        entry(SCHEMA, schemaText, out);
        entry(CODEC, codec.codecName(), out);
        Writers.writeLong(0, out);
        out.put(sync);
    }

    private static void entry(String key, String value, RecordOutput out) {
        sized(key, out);
        sized(value, out);
    }

    private static void sized(String text, RecordOutput out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Writers.writeLong(bytes.length, out);
        out.put(bytes);
    }
}
