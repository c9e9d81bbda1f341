package io.laminar.execution.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.Rows;
import io.laminar.execution.store.RowLists;
import io.laminar.plan.node.LookupPolicy;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.lookup.KeyedTable;
import io.laminar.spi.lookup.LookupAnswer;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is asked, what is kept, and what happens when there is no answer. */
class CachedRowsTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("key", Scalar.BIGINT, false), new Field("value", Scalar.BIGINT, false));
    private static final long SECOND = 1_000_000;

    /** A table of numbers: a key has as many rows as its last digit says. */
    private static final class Numbers implements KeyedTable {
        final Map<Long, Integer> asked = new ConcurrentHashMap<>();
        final AtomicInteger requests = new AtomicInteger();
        volatile int failures;
        volatile boolean silent;
        volatile long version;

        @Override
        public int requestSize() {
            return 4;
        }

        @Override
        public CompletionStage<LookupAnswer> find(Column[] keys, int count) {
            requests.incrementAndGet();
            if (silent) {
                return new CompletableFuture<>();
            }
            if (failures > 0) {
                failures--;
                return CompletableFuture.failedFuture(new IllegalStateException("the line is down"));
            }
            return CompletableFuture.supplyAsync(
                    () -> answer((LongColumn) keys[0], count),
                    CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
        }

        private LookupAnswer answer(LongColumn keys, int count) {
            BatchBuilder rows = new BatchBuilder(SCHEMA, 16);
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                asked.merge(keys.value(i), 1, Integer::sum);
                for (int row = 0; row < keys.value(i) % 10; row++) {
                    ((LongBuilder) rows.column(0)).append(keys.value(i));
                    ((LongBuilder) rows.column(1)).append(version * 1000 + row);
                    rows.endRow(0);
                    numbers.add(i);
                }
            }
            return new LookupAnswer(
                    rows.build(), numbers.stream().mapToInt(i -> i).toArray());
        }

        @Override
        public void close() {}
    }

    private final Numbers table = new Numbers();

    private CachedRows rows(long cacheBytes, long ttl, int retries) {
        return new CachedRows(table, SCHEMA, List.of(0), new LookupPolicy(cacheBytes, ttl, 3, retries, SECOND / 5));
    }

    /** The values found for each key. */
    private static Map<Long, List<Long>> find(CachedRows cached, long now, long... keys) {
        KeyRows wanted = new KeyRows(List.of(Scalar.BIGINT));
        wanted.load(new Column[] {new LongColumn(keys, null, keys.length)}, keys.length);
        int[] ids = new int[keys.length];
        CompletableFuture<?> question = cached.ask(wanted, Rows.first(keys.length), keys.length, ids, now);
        question.exceptionally(failure -> null).join();
        cached.answer();
        return answers(cached, keys, ids);
    }

    private static Map<Long, List<Long>> answers(CachedRows cached, long[] keys, int[] ids) {
        Map<Long, List<Long>> found = new TreeMap<>();
        for (int i = 0; i < keys.length; i++) {
            List<Long> values = new ArrayList<>();
            for (int row = cached.lists().first(ids[i]);
                    row != RowLists.NONE;
                    row = cached.lists().next(row)) {
                Batch gathered = cached.rows().gather(new int[] {row}, 1);
                assertEquals(keys[i], ((LongColumn) gathered.column(0)).value(0));
                values.add(((LongColumn) gathered.column(1)).value(0));
            }
            found.put(keys[i], values);
        }
        return found;
    }

    @Test
    void everyKeyIsAskedForOnceWhileItsAnswerIsGood() {
        CachedRows cached = rows(1 << 20, SECOND, 0);
        assertEquals(Map.of(1L, List.of(0L), 2L, List.of(0L, 1L), 10L, List.of()), find(cached, 0, 1, 2, 1, 10, 2));
        find(cached, SECOND - 1, 10, 2, 3);
        assertEquals(Map.of(1L, 1, 2L, 1, 3L, 1, 10L, 1), table.asked);
        table.version = 1;
        assertEquals(Map.of(2L, List.of(1000L, 1001L)), find(cached, SECOND, 2));
        assertEquals(2, table.asked.get(2L));
    }

    /** Keys that an earlier question has asked for are not asked for again; answers to keys do not leave before their turn. */
    @Test
    void questionsOverlapAndAreAnsweredInOrder() {
        CachedRows cached = rows(1_000, SECOND, 0);
        long[][] batches = {{1, 2, 3}, {3, 4}, {1, 2, 3, 4, 5}, {6, 7, 8, 9}, {2}};
        int[][] ids = new int[batches.length][];
        List<CompletableFuture<?>> questions = new ArrayList<>();
        for (int b = 0; b < batches.length; b++) {
            KeyRows wanted = new KeyRows(List.of(Scalar.BIGINT));
            int count = batches[b].length;
            wanted.load(new Column[] {new LongColumn(batches[b], null, count)}, count);
            ids[b] = new int[count];
            questions.add(cached.ask(wanted, Rows.first(count), count, ids[b], 0));
        }
        CompletableFuture.allOf(questions.toArray(CompletableFuture<?>[]::new)).join();
        for (int b = 0; b < batches.length; b++) {
            cached.answer();
            answers(cached, batches[b], ids[b]).forEach((key, values) -> assertEquals(key % 10, values.size()));
        }
        assertTrue(table.asked.values().stream().allMatch(count -> count == 1), table.asked::toString);
    }

    @Test
    void withoutATimeEveryBatchAsksAnew() {
        CachedRows cached = rows(1 << 20, 0, 0);
        find(cached, 5, 1, 1);
        find(cached, 5, 1);
        assertEquals(2, table.asked.get(1L));
    }

    @Test
    void manyKeysAreManyRequests() {
        CachedRows cached = rows(1 << 20, SECOND, 0);
        long[] keys = java.util.stream.LongStream.range(0, 103).toArray();
        Map<Long, List<Long>> found = find(cached, 0, keys);
        found.forEach((key, values) -> assertEquals(key % 10, values.size()));
        assertEquals(26, table.requests.get());
    }

    @Test
    void whatIsLongUnusedMakesRoom() {
        CachedRows cached = rows(40_000, 1000 * SECOND, 0);
        SplittableRandom random = new SplittableRandom(7);
        long most = 0;
        for (int call = 0; call < 300; call++) {
            long[] keys = random.longs(40, 0, 3_000).toArray();
            keys[0] = 9;
            Map<Long, List<Long>> found = find(cached, call, keys);
            found.forEach((key, values) -> assertEquals(key % 10, values.size()));
            most = Math.max(most, cached.rows().size());
        }
        assertEquals(1, table.asked.get(9L), "always in use");
        assertTrue(most < 5_000, () -> "all rows that were ever found are kept");
        assertTrue(Arrays.stream(table.asked.values().toArray()).anyMatch(count -> (int) count > 1));
    }

    @Test
    void aFailedRequestIsMadeAgain() {
        table.failures = 2;
        assertEquals(Map.of(1L, List.of(0L)), find(rows(1 << 20, SECOND, 2), 0, 1));
        assertEquals(3, table.requests.get());
    }

    @Test
    void whenNothingHelpsTheReasonIsTold() {
        table.failures = 100;
        LaminarException error = assertThrows(LaminarException.class, () -> find(rows(1 << 20, SECOND, 1), 0, 1));
        assertEquals(ErrorCode.LOOKUP_FAILED, error.code());
        assertTrue(error.reason().contains("failed 2 times: the line is down"), error::reason);
    }

    @Test
    void silenceIsAFailure() {
        table.silent = true;
        LaminarException error = assertThrows(LaminarException.class, () -> find(rows(1 << 20, SECOND, 1), 0, 1));
        assertTrue(error.reason().contains("no answer within 0.2 s"), error::reason);
    }
}
