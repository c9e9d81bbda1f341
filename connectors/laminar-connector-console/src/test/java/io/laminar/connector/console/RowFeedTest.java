package io.laminar.connector.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Values;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RowFeedTest {
    private static final String CHANNEL = "RowFeedTest";
    private static final TableDescriptor NUMBERS = table("numbers", Schema.of(new Field("n", Scalar.BIGINT)));

    private static TableDescriptor table(String name, Schema schema) {
        return new TableDescriptor(
                name, "preview", schema, Map.of(), List.of(), List.of(), OptionValues.EMPTY, null, BadDataPolicy.FAIL);
    }

    private static void send(long from, int count) {
        BatchBuilder rows = new BatchBuilder(NUMBERS.schema(), count);
        for (long n = from; n < from + count; n++) {
            Values.append(Scalar.BIGINT, rows.column(0), n);
            rows.endRow(0);
        }
        PreviewChannels.send(CHANNEL, NUMBERS, rows.build());
    }

    private static List<Object> numbers(RowFeed.Page page) {
        List<Object> numbers = new ArrayList<>();
        page.rows().forEach(row -> numbers.add(row.values().get(0)));
        return numbers;
    }

    @Test
    void severalReadersReadOnWhereTheyWere() {
        try (RowFeed feed = RowFeed.open(CHANNEL, 100)) {
            assertEquals(new RowFeed.Page(List.of(), 0, 0, false), feed.after(0, 10));
            send(0, 5);
            send(5, 5);
            RowFeed.Page first = feed.after(0, 7);
            assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L), numbers(first));
            assertEquals(7, first.next());
            assertEquals(List.of(7L, 8L, 9L), numbers(feed.after(first.next(), 100)));
            assertEquals(10, feed.after(0, 100).rows().size());
            assertEquals(
                    List.of(new FeedTable("numbers", List.of(new FeedTable.FeedColumn("n", "BIGINT")))), feed.tables());
        }
    }

    @Test
    void theOldestRowsAreDroppedAndCounted() {
        try (RowFeed feed = RowFeed.open(CHANNEL, 10)) {
            for (int batch = 0; batch < 1000; batch++) {
                send(batch * 4L, 4);
            }
            RowFeed.Page page = feed.after(5, 3);
            assertEquals(3, page.rows().size());
            assertEquals(3985, page.missed() + 5 - 3);
            assertEquals(List.of(3988L, 3989L, 3990L), numbers(page));
            assertEquals(3991, page.rows().get(2).number());
            assertEquals(4000, feed.rows());
        }
    }

    @Test
    void theFirstRowsStayWhenOthersCome() {
        try (RowFeed feed = RowFeed.openFirst(CHANNEL, 10)) {
            for (int batch = 0; batch < 1000; batch++) {
                send(batch * 4L, 4);
            }
            assertEquals(12, feed.rows(), "the batch with the tenth row is the last");
            RowFeed.Page page = feed.after(0, 10);
            assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), numbers(page));
            assertEquals(0, page.missed());
        }
    }

    @Test
    void whoWaitsGetsRowsAndHearsOfTheEnd() throws Exception {
        try (RowFeed feed = RowFeed.open(CHANNEL, 10)) {
            CompletableFuture<RowFeed.Page> waiting = CompletableFuture.supplyAsync(() -> await(feed, 0));
            send(7, 1);
            assertEquals(List.of(7L), numbers(waiting.get(30, TimeUnit.SECONDS)));
            CompletableFuture<RowFeed.Page> last = CompletableFuture.supplyAsync(() -> await(feed, 1));
            feed.end();
            assertTrue(last.get(30, TimeUnit.SECONDS).ended());
            assertFalse(feed.after(0, 0).ended());
            assertEquals(List.of(7L), numbers(feed.after(0, 10)));
            send(8, 1);
            assertEquals(1, feed.rows(), "nobody listens any more");
        }
        try (RowFeed feed = RowFeed.open(CHANNEL, 10)) {
            assertEquals(0, feed.await(0, 10, Duration.ofMillis(1)).rows().size());
        }
    }

    private static RowFeed.Page await(RowFeed feed, long number) {
        try {
            return feed.await(number, 10, Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void valuesAreThoseOfJson() {
        DataType pair = new DataType.StructType(List.of(new Field("a", Scalar.INT), new Field("b", Scalar.DATE)));
        Schema schema = Schema.of(
                new Field("t", Scalar.TIMESTAMP),
                new Field("z", Scalar.TIMESTAMPTZ),
                new Field("d", new DataType.Decimal(10, 2)),
                new Field("x", Scalar.DOUBLE),
                new Field("i", Scalar.INTERVAL),
                new Field("y", Scalar.BYTES),
                new Field("s", pair),
                new Field("l", new DataType.ListType(Scalar.TEXT)),
                new Field("o", Scalar.BOOLEAN));
        Object[] values = {
            1_500_000L,
            0L,
            new BigDecimal("1.50"),
            Double.NaN,
            90_000_000L,
            new byte[] {1, 2},
            List.of(3, 1),
            List.of("a", "b"),
            null
        };
        BatchBuilder rows = new BatchBuilder(schema, 1);
        for (int column = 0; column < values.length; column++) {
            Values.append(schema.type(column), rows.column(column), values[column]);
        }
        rows.endRow(0);
        Batch batch = rows.build().withKinds(new byte[] {RowKind.DELETE});
        try (RowFeed feed = RowFeed.open(CHANNEL, 10)) {
            PreviewChannels.send(CHANNEL, table("all", schema), batch);
            FeedRow row = feed.after(0, 1).rows().get(0);
            assertEquals("-D", row.kind());
            assertEquals("all", row.table());
            assertEquals(
                    Arrays.asList(
                            "1970-01-01T00:00:01.500",
                            "1970-01-01T00:00:00Z",
                            new BigDecimal("1.50"),
                            "NaN",
                            "PT1M30S",
                            "AQI=",
                            Map.of("a", 3, "b", "1970-01-02"),
                            List.of("a", "b"),
                            null),
                    row.values());
        }
    }
}
