package io.laminar.execution.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.key.KeyHasher;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RowStoreTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("l", Scalar.BIGINT),
            new Field("i", Scalar.INT),
            new Field("d", Scalar.DOUBLE),
            new Field("b", Scalar.BOOLEAN),
            new Field("t", Scalar.TEXT),
            new Field("big", new Decimal(30, 2)),
            new Field("list", new ListType(Scalar.TEXT)),
            new Field("map", new MapType(Scalar.TEXT, Scalar.BIGINT)),
            new Field("struct", new StructType(List.of(new Field("x", Scalar.INT), new Field("y", Scalar.TEXT)))));

    private record Row(long time, List<Object> values) {}

    private static Row row(Random random, int variety) {
        int seed = random.nextInt(variety);
        Random values = new Random(seed);
        Map<Object, Object> map = new TreeMap<>(Map.of("k", (long) seed));
        List<Object> row = Arrays.asList(
                (long) values.nextInt(variety),
                values.nextInt(),
                values.nextInt(9) / 2.0,
                values.nextBoolean(),
                "t".repeat(values.nextInt(40)) + seed,
                BigDecimal.valueOf(values.nextLong(), 2),
                List.of("a" + seed, "b"),
                map,
                List.of(values.nextInt(), "y" + seed));
        for (int c = 0; c < row.size(); c++) {
            if (values.nextInt(8) == 0) {
                row.set(c, null);
            }
        }
        return new Row(random.nextInt(1000), row);
    }

    private static Batch batch(List<Row> rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, rows.size());
        for (Row row : rows) {
            for (int c = 0; c < SCHEMA.size(); c++) {
                Values.append(SCHEMA.type(c), builder.column(c), row.values().get(c));
            }
            builder.endRow(row.time());
        }
        return builder.build();
    }

    private static Row read(Batch batch, int row) {
        List<Object> values = new ArrayList<>();
        for (int c = 0; c < SCHEMA.size(); c++) {
            DataType type = SCHEMA.type(c);
            values.add(Values.read(type, batch.column(c), row));
        }
        return new Row(batch.rowtime()[row], values);
    }

    private static List<Row> added(RowStore store, Map<Integer, Row> model, Random random, int variety) {
        int count = random.nextInt(random.nextInt(4) == 0 ? 6000 : 300) + 1;
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(random, variety));
        }
        int[] chosen =
                IntStream.range(0, count).filter(i -> random.nextInt(5) > 0).toArray();
        int[] ids = new int[chosen.length];
        store.add(batch(rows), chosen, chosen.length, ids);
        for (int i = 0; i < chosen.length; i++) {
            Row before = model.put(ids[i], rows.get(chosen[i]));
            assertEquals(null, before, "id " + ids[i] + " is in use");
            assertTrue(ids[i] < store.limit());
        }
        return rows;
    }

    private static void check(RowStore store, Map<Integer, Row> model) {
        assertEquals(model.size(), store.size());
        int[] ids = store.ids();
        assertEquals(
                new ArrayList<>(new TreeSet<>(model.keySet())),
                Arrays.stream(ids).boxed().toList());
        Batch all = store.gather(ids, ids.length);
        for (int i = 0; i < ids.length; i++) {
            assertEquals(model.get(ids[i]), read(all, i));
        }
    }

    @RepeatedTest(12)
    void rowsStayWhatTheyWere(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        RowStore store = new RowStore(SCHEMA);
        Map<Integer, Row> model = new HashMap<>();
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(5)) {
                case 0 -> {
                    List<Integer> ids = new ArrayList<>(model.keySet());
                    int share = random.nextInt(4);
                    int[] gone = ids.stream()
                            .filter(id -> random.nextInt(4) < share)
                            .mapToInt(id -> id)
                            .toArray();
                    store.remove(gone, gone.length);
                    Arrays.stream(gone).forEach(model::remove);
                }
                case 1 -> {
                    long time = random.nextInt(1200);
                    for (int id : store.removeBefore(time)) {
                        assertTrue(model.remove(id).time() < time);
                    }
                    assertTrue(model.values().stream().allMatch(row -> row.time() >= time));
                }
                case 2 -> {
                    if (random.nextInt(4) == 0) {
                        store.clear();
                        model.clear();
                    }
                }
                default -> added(store, model, random, 500);
            }
            check(store, model);
        }
    }

    @Test
    void memoryOfRowsThatAreGoneIsUsedAgain() {
        Random random = new Random(7);
        RowStore store = new RowStore(SCHEMA);
        Deque<int[]> queue = new ArrayDeque<>();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            rows.add(row(random, 100));
        }
        Batch batch = batch(rows);
        int[] all = IntStream.range(0, 1000).toArray();
        long most = 0;
        for (int step = 0; step < 400; step++) {
            int[] ids = new int[1000];
            store.add(batch, all, 1000, ids);
            queue.add(ids);
            if (queue.size() > 20) {
                store.remove(queue.remove(), 1000);
            }
            if (step == 40) {
                most = store.bytes();
            }
        }
        assertEquals(20_000, store.size());
        assertTrue(store.limit() < 40_000, "ids up to " + store.limit());
        assertTrue(store.bytes() < most * 2, store.bytes() + " bytes after " + most);
    }

    @RepeatedTest(8)
    void listsKeepTheirOrder(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        RowLists lists = new RowLists();
        List<List<Integer>> model = new ArrayList<>();
        IntStream.range(0, 20).forEach(k -> model.add(new ArrayList<>()));
        Deque<Integer> free = new ArrayDeque<>(IntStream.range(0, 9000).boxed().toList());
        lists.reserve(20, 9000);
        for (int step = 0; step < 20_000; step++) {
            int key = random.nextInt(20);
            List<Integer> list = model.get(key);
            if (random.nextInt(3) > 0 && !free.isEmpty()) {
                int row = free.remove();
                lists.add(key, row);
                list.add(row);
            } else if (!list.isEmpty()) {
                int row = list.remove(random.nextInt(list.size()));
                assertEquals(key, lists.key(row));
                assertEquals(key, lists.remove(row));
                free.addFirst(row);
            }
        }
        for (int key = 0; key < 20; key++) {
            List<Integer> found = new ArrayList<>();
            for (int row = lists.first(key); row != RowLists.NONE; row = lists.next(row)) {
                found.add(row);
            }
            assertEquals(model.get(key), found);
            assertEquals(found.size(), lists.count(key));
        }
    }

    @RepeatedTest(8)
    void rowsAreFoundByTheirValues(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        RowStore store = new RowStore(SCHEMA);
        RowIndex index = new RowIndex(store);
        Map<List<Object>, Integer> model = new HashMap<>();
        List<Integer> columns = IntStream.range(0, SCHEMA.size()).boxed().toList();
        for (int step = 0; step < 40; step++) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                rows.add(row(random, 300));
            }
            Batch batch = batch(rows);
            long[] hashes = new long[200];
            KeyHasher.hash(batch, columns, hashes);
            for (int i = 0; i < 200; i++) {
                List<Object> values = rows.get(i).values();
                int found = index.find(batch, i, hashes[i]);
                assertEquals(model.getOrDefault(values, 0) > 0, found >= 0);
                if (found >= 0 && random.nextBoolean()) {
                    assertTrue(store.equal(found, batch, i));
                    index.remove(found);
                    store.remove(new int[] {found}, 1);
                    model.merge(values, -1, Integer::sum);
                } else {
                    int[] id = new int[1];
                    store.add(batch, new int[] {i}, 1, id);
                    index.reserve(store.limit());
                    index.add(id[0], hashes[i]);
                    model.merge(values, 1, Integer::sum);
                }
            }
        }
    }
}
