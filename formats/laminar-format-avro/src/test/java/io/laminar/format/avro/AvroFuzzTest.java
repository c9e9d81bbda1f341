package io.laminar.format.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.type.Field;
import io.laminar.testing.format.Damage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random schemas and records, whole and damaged: decoder, encoder and the library agree. */
class AvroFuzzTest {
    private static final int SCHEMAS = Integer.getInteger("laminar.avro.schemas", 150);
    private static final int RECORDS = 12;
    private static final int DAMAGES = 25;
    private static final long SEED = Long.getLong("laminar.avro.seed", 20_261_129L);

    /** What we refuse and the library lets pass. */
    private static final List<String> STRICTER = List.of(
            "not UTF-8",
            "out of range",
            "more than 32 bits",
            "more than 64 bits",
            "bytes follow the record",
            "neither 0 nor 1",
            "a length is negative",
            "items without content");

    @Test
    void readsWhatTheLibraryWrites() {
        Random random = new Random(SEED);
        RandomSchemas schemas = new RandomSchemas(random);
        for (int s = 0; s < SCHEMAS; s++) {
            Schema schema = schemas.record(0);
            List<Field> columns = new ArrayList<>(RandomSchemas.columns(schema));
            Collections.shuffle(columns, random);
            List<Field> some = columns.subList(0, random.nextInt(columns.size()) + 1);
            Avro table = Avro.raw(schema, some.toArray(Field[]::new));
            for (int r = 0; r < RECORDS; r++) {
                GenericRecord record = (GenericRecord) schemas.value(schema);
                byte[] datum = Avro.datum(schema, record);
                String context = "seed " + SEED + ", schema " + s + " " + schema + ", " + record;
                List<@Nullable Object> wanted = new ArrayList<>();
                for (Field column : some) {
                    wanted.add(
                            RandomSchemas.shown(schema.getField(column.name()).schema(), record.get(column.name())));
                }
                assertEquals(wanted, RandomSchemas.comparable(table.row(datum)), context);
            }
        }
    }

    @Test
    void agreesWithTheLibraryOnDamagedRecords() {
        Random random = new Random(SEED + 1);
        RandomSchemas schemas = new RandomSchemas(random);
        int both = 0;
        int neither = 0;
        for (int s = 0; s < SCHEMAS; s++) {
            Schema schema = schemas.record(0);
            Avro table = Avro.raw(schema, RandomSchemas.columns(schema).toArray(Field[]::new));
            Avro skipping = Avro.raw(schema, new Field("nothing_of_it", io.laminar.spi.type.DataType.Scalar.INT));
            byte[] datum = Avro.datum(schema, schemas.value(schema));
            for (int d = 0; d < DAMAGES; d++) {
                byte[] damaged = Damage.of(random, datum);
                String context = "seed " + SEED + ", schema " + s + " " + schema + ", damage " + d + " "
                        + java.util.HexFormat.of().formatHex(damaged);
                table.refused.clear();
                skipping.refused.clear();
                List<List<@Nullable Object>> rows = table.message(damaged);
                skipping.message(damaged);
                GenericRecord reference = read(schema, damaged);
                if (!table.refused.isEmpty()) {
                    String reason = table.refused.get(0).reason();
                    assertEquals(List.of(), rows, context);
                    assertTrue(Arrays.equals(damaged, table.refusedRecords.get(table.refusedRecords.size() - 1)));
                    assertTrue(
                            reference == null || STRICTER.stream().anyMatch(reason::contains),
                            () -> context + ": " + reason);
                    neither++;
                } else {
                    assertTrue(reference != null, context);
                    assertEquals(
                            RandomSchemas.shown(schema, reference), RandomSchemas.comparable(rows.get(0)), context);
                    assertEquals(List.of(), skipping.refused, context);
                    both++;
                }
            }
        }
        assertTrue(both > SCHEMAS && neither > SCHEMAS, both + " read, " + neither + " refused");
    }

    @Test
    void theLibraryReadsWhatTheEncoderWrites() {
        Random random = new Random(SEED + 2);
        RandomSchemas schemas = new RandomSchemas(random);
        for (int s = 0; s < SCHEMAS; s++) {
            Schema schema = schemas.record(0);
            Field[] columns = RandomSchemas.columns(schema).toArray(Field[]::new);
            Avro table = Avro.raw(schema, columns);
            FormatSpec spec = table.spec();
            for (int r = 0; r < RECORDS / 2; r++) {
                GenericRecord record = (GenericRecord) schemas.value(schema);
                List<@Nullable Object> row = table.row(Avro.datum(schema, record));
                Batch batch = Avro.batch(spec.schema(), List.of(row));
                Slice out = new Slice();
                Avro.FORMAT.encoder(spec).encodeMessage(batch, 0, out);
                byte[] written = Arrays.copyOfRange(out.base(), out.offset(), out.offset() + out.length());
                GenericRecord read = read(schema, written);
                String context = "seed " + SEED + ", schema " + s + " " + schema + ", " + record;
                assertTrue(read != null, context);
                assertEquals(RandomSchemas.shown(schema, record), RandomSchemas.shown(schema, read), context);
                checkOwnSchema(spec, row, context);
            }
        }
    }

    /** What is written with the schema of the columns reads back. */
    private static void checkOwnSchema(FormatSpec spec, List<@Nullable Object> row, String context) {
        FormatSpec own = Avro.spec(
                Map.of("avro.raw_datums", true), spec.schema().fields().toArray(Field[]::new));
        Slice out = new Slice();
        Avro.FORMAT.encoder(own).encode(Avro.batch(own.schema(), List.of(row)), out);
        byte[] written = Arrays.copyOfRange(out.base(), out.offset(), out.offset() + out.length());
        assertEquals(RandomSchemas.comparable(row), RandomSchemas.comparable(new Avro(own).row(written)), context);
    }

    private static @Nullable GenericRecord read(Schema schema, byte[] bytes) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            return decoder.isEnd() ? record : null;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException bad) {
            return null;
        }
    }
}
