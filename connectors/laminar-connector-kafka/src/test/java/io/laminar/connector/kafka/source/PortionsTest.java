package io.laminar.connector.kafka.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.kafka.KafkaMetadata;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Whatever a checkpoint falls between: what has been emitted are exactly the records before the offset it has. */
class PortionsTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 3);
    private static final Schema VALUE = Schema.of(new Field("i", Scalar.BIGINT), new Field("t", Scalar.TEXT));
    private static final int RECORDS = 10_000;

    /** Compacted topics have gaps. */
    private static final long STEP = 3;

    private static final int BAD = 777;

    private static String text(int i) {
        return "t" + i + "x".repeat(i % 100);
    }

    private static String value(int i) {
        return i % BAD == 5 ? "{\"i\":" + i + "!" : "{\"i\":" + i + ",\"t\":\"" + text(i) + "\"}";
    }

    /** Records as clients give them: all in the array that was received. */
    private static List<ConsumerRecord<ByteBuffer, ByteBuffer>> records(UnaryOperator<ByteBuffer> kind) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        int[] starts = new int[RECORDS + 1];
        for (int i = 0; i < RECORDS; i++) {
            starts[i] = received.size();
            received.writeBytes(value(i).getBytes(StandardCharsets.UTF_8));
        }
        starts[RECORDS] = received.size();
        byte[] bytes = received.toByteArray();
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            ByteBuffer value =
                    ByteBuffer.wrap(bytes, starts[i], starts[i + 1] - starts[i]).slice();
            records.add(new ConsumerRecord<>(
                    PARTITION.topic(),
                    PARTITION.partition(),
                    i * STEP,
                    1_000L + i,
                    TimestampType.CREATE_TIME,
                    -1,
                    value.remaining(),
                    null,
                    kind.apply(value),
                    new RecordHeaders(),
                    Optional.empty()));
        }
        return records;
    }

    /** A table of columns of the value and the offset. */
    private static TableLayout layout(List<Integer> columns) {
        FormatSpec format = new FormatSpec("json", VALUE, columns, new OptionValues(Map.of()));
        List<Integer> inValue =
                new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
        List<String> metadata =
                new ArrayList<>(columns.stream().map(column -> "").toList());
        inValue.add(-1);
        metadata.add(KafkaMetadata.OFFSET);
        return new TableLayout(
                format,
                null,
                inValue,
                inValue.stream().map(column -> -1).toList(),
                metadata,
                false,
                false,
                TableLayout.NoValue.BAD_RECORD,
                BadDataPolicy.DEAD_LETTER);
    }

    private static List<Portion> decode(List<Integer> columns, UnaryOperator<ByteBuffer> kind, long stop) {
        BadRecordLog bad = new BadRecordLog(
                BadDataPolicy.DEAD_LETTER, new SimpleCounter(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        Portions portions = new Portions(new PartitionDecoder(layout(columns), bad));
        portions.add(new PolledRecords(PARTITION, records(kind), stop, 0));
        assertEquals("t-3", portions.nextSplit());
        List<Portion> all = new ArrayList<>();
        for (Portion next = portions.nextRecordFromSplit(); next != null; next = portions.nextRecordFromSplit()) {
            all.add(next);
        }
        assertNull(portions.nextSplit());
        return all;
    }

    private static void check(List<Portion> portions, List<Integer> columns, int count, long end) {
        assertTrue(portions.size() > 2, "batches: " + portions.size());
        int next = 0;
        for (Portion portion : portions) {
            int first = next;
            int last = (int) ((portion.next() + STEP - 1) / STEP);
            List<Long> offsets = new ArrayList<>();
            List<Long> letters = new ArrayList<>();
            for (Batch batch : portion.batches()) {
                assertTrue(batch.size() <= Batch.TARGET_ROWS);
                if (batch.lane() == Batch.Lane.MAIN) {
                    checkRows(batch, columns, offsets);
                } else {
                    checkLetters(batch, letters);
                }
            }
            assertEquals(offsets(first, last, false), offsets);
            assertEquals(offsets(first, last, true), letters);
            next = last;
        }
        assertEquals(count, next);
        assertEquals(end, portions.get(portions.size() - 1).next());
    }

    private static List<Long> offsets(int first, int last, boolean bad) {
        return LongStream.range(first, last)
                .filter(i -> (i % BAD == 5) == bad)
                .map(i -> i * STEP)
                .boxed()
                .toList();
    }

    private static void checkRows(Batch batch, List<Integer> columns, List<Long> offsets) {
        LongColumn offset = (LongColumn) batch.column(columns.size());
        for (int row = 0; row < batch.size(); row++) {
            int i = (int) (offset.value(row) / STEP);
            assertEquals((1_000L + i) * 1_000, batch.rowtime()[row]);
            for (int column = 0; column < columns.size(); column++) {
                if (columns.get(column) == 0) {
                    assertEquals(i, ((LongColumn) batch.column(column)).value(row));
                } else {
                    assertEquals(text(i), ((BytesColumn) batch.column(column)).text(row));
                }
            }
            offsets.add(offset.value(row));
        }
    }

    private static void checkLetters(Batch letters, List<Long> offsets) {
        for (int row = 0; row < letters.size(); row++) {
            long offset = ((LongColumn) letters.column(2)).value(row);
            assertEquals("t/3", ((BytesColumn) letters.column(0)).text(row));
            assertEquals(value((int) (offset / STEP)), ((BytesColumn) letters.column(5)).text(row));
            offsets.add(offset);
        }
    }

    @Test
    void numbersAreDecodedWhereTheyLie() {
        List<Integer> columns = List.of(0);
        check(decode(columns, buffer -> buffer, Long.MAX_VALUE), columns, RECORDS, (RECORDS - 1) * STEP + 1);
    }

    @Test
    void textIsCopied() {
        List<Integer> columns = List.of(1, 0);
        check(decode(columns, buffer -> buffer, Long.MAX_VALUE), columns, RECORDS, (RECORDS - 1) * STEP + 1);
    }

    @Test
    void buffersWithoutAnArray() {
        List<Integer> columns = List.of(0);
        List<Portion> portions = decode(columns, ByteBuffer::asReadOnlyBuffer, Long.MAX_VALUE);
        check(portions, columns, RECORDS, (RECORDS - 1) * STEP + 1);
    }

    @Test
    void nothingIsDecodedFromTheEndOn() {
        List<Integer> columns = List.of(0);
        check(decode(columns, buffer -> buffer, 9_000 * STEP), columns, 9_000, 9_000 * STEP);
        assertEquals(List.of(new Portion(List.of(), 0)), decode(columns, buffer -> buffer, 0));
    }

    @Test
    void aValueLargerThanABatch() {
        String large = "y".repeat(3 << 20);
        byte[] bytes = ("{\"t\":\"" + large + "\"}").getBytes(StandardCharsets.UTF_8);
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> two = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            two.add(new ConsumerRecord<>(
                    PARTITION.topic(),
                    PARTITION.partition(),
                    i,
                    0,
                    TimestampType.CREATE_TIME,
                    -1,
                    bytes.length,
                    null,
                    ByteBuffer.wrap(bytes),
                    new RecordHeaders(),
                    Optional.empty()));
        }
        PartitionDecoder decoder = new PartitionDecoder(
                layout(List.of(1)), new BadRecordLog(BadDataPolicy.FAIL, new SimpleCounter(), Clock.systemUTC()));
        PolledRecords polled = new PolledRecords(PARTITION, two, Long.MAX_VALUE, 0);
        for (int i = 0; i < 2; i++) {
            Portion portion = decoder.next(polled);
            assertEquals(i + 1, portion.next());
            assertEquals(large, ((BytesColumn) portion.batches().get(0).column(0)).text(0));
        }
        assertTrue(!polled.hasNext());
    }
}
