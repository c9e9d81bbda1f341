package io.laminar.format.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.testing.format.Damage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random message types and messages, whole, put together and damaged: decoder, encoder and the library agree. */
class ProtobufFuzzTest {
    private static final int TYPES = Integer.getInteger("laminar.protobuf.types", 120);
    private static final int MESSAGES = 8;
    private static final int DAMAGES = 25;
    private static final long SEED = Long.getLong("laminar.protobuf.seed", 20_261_129L);

    /** What we refuse and the library lets pass. */
    private static final List<String> STRICTER =
            List.of("not UTF-8", "no valid number", "more than ten bytes", "more than 64 bits");

    private record Table(String text, Descriptor type, Protobuf protobuf) {
        static Table of(String text) {
            Descriptor type = ProtobufSchemas.link(ProtoParser.parse("t.proto", text), name -> {
                        throw new AssertionError(name);
                    })
                    .findMessageTypeByName("M");
            return new Table(
                    text, type, Protobuf.of(text, RandomMessages.columns(type).toArray(Field[]::new)));
        }
    }

    @Test
    void readsWhatTheLibraryWritesAndBack() throws InvalidProtocolBufferException {
        Random random = new Random(SEED);
        RandomMessages messages = new RandomMessages(random);
        for (int t = 0; t < TYPES; t++) {
            Table table = Table.of(messages.text());
            byte[] before = {};
            for (int m = 0; m < MESSAGES; m++) {
                DynamicMessage message = messages.value(table.type());
                byte[] bytes = message.toByteArray();
                String context = "seed " + SEED + ", type " + t + "\n" + table.text() + message;
                List<@Nullable Object> row = table.protobuf().row(bytes);
                DynamicMessage read = DynamicMessage.parseFrom(table.type(), bytes);
                assertEquals(RandomMessages.shown(read), RandomMessages.comparable(row), context);
                byte[] joined = Arrays.copyOf(before, before.length + bytes.length);
                System.arraycopy(bytes, 0, joined, before.length, bytes.length);
                assertEquals(
                        RandomMessages.shown(DynamicMessage.parseFrom(table.type(), joined)),
                        RandomMessages.comparable(table.protobuf().row(joined)),
                        context);
                before = bytes;
                byte[] written = table.protobuf().encode(row);
                assertEquals(
                        RandomMessages.shown(read),
                        RandomMessages.shown(DynamicMessage.parseFrom(table.type(), written)),
                        context);
                if (m == 0) {
                    checkOwnType(table, row, context);
                }
            }
        }
    }

    /** What is written as the type of the columns reads back. */
    private static void checkOwnType(Table table, List<@Nullable Object> row, String context) {
        Protobuf own = new Protobuf(Protobuf.spec(
                Map.of(), table.protobuf().spec().schema().fields().toArray(Field[]::new)));
        assertEquals(RandomMessages.comparable(row), RandomMessages.comparable(own.row(own.encode(row))), context);
    }

    @Test
    void agreesWithTheLibraryOnDamagedMessages() {
        Random random = new Random(SEED + 1);
        RandomMessages messages = new RandomMessages(random);
        int both = 0;
        int neither = 0;
        for (int t = 0; t < TYPES; t++) {
            Table table = Table.of(messages.text());
            Protobuf skipping = Protobuf.of(table.text(), new Field("nothing_of_it", Scalar.INT));
            Protobuf json = new Protobuf(Protobuf.spec(
                    Map.of(
                            "protobuf.schema",
                            table.text(),
                            "protobuf.message",
                            "M",
                            "protobuf.into_unstructured_json",
                            true),
                    new Field("value", Scalar.JSON)));
            byte[] bytes = messages.value(table.type()).toByteArray();
            for (int d = 0; d < DAMAGES; d++) {
                byte[] damaged = Damage.of(random, bytes);
                String context = "seed " + SEED + ", type " + t + ", damage " + d + "\n" + table.text()
                        + java.util.HexFormat.of().formatHex(damaged);
                table.protobuf().refused.clear();
                skipping.refused.clear();
                json.refused.clear();
                List<List<@Nullable Object>> rows = table.protobuf().message(damaged);
                skipping.message(damaged);
                json.message(damaged);
                DynamicMessage reference = read(table.type(), damaged);
                assertEquals(reference == null ? 1 : 0, json.refused.size(), context);
                if (!table.protobuf().refused.isEmpty()) {
                    String reason = table.protobuf().refused.get(0).reason();
                    assertEquals(List.of(), rows, context);
                    assertTrue(
                            reference == null || STRICTER.stream().anyMatch(reason::contains),
                            () -> context + ": " + reason);
                    neither++;
                } else {
                    assertTrue(reference != null, context);
                    assertEquals(RandomMessages.shown(reference), RandomMessages.comparable(rows.get(0)), context);
                    assertEquals(List.of(), skipping.refused, context);
                    both++;
                }
            }
        }
        assertTrue(both > TYPES && neither > TYPES, both + " read, " + neither + " refused");
    }

    private static @Nullable DynamicMessage read(Descriptor type, byte[] bytes) {
        try {
            return DynamicMessage.newBuilder(type).mergeFrom(bytes).buildPartial();
        } catch (InvalidProtocolBufferException bad) {
            return null;
        }
    }
}
