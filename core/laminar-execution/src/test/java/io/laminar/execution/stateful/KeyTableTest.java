package io.laminar.execution.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tables of keys of all types against a map, with removals. */
class KeyTableTest {
    private static final List<DataType> TYPES = List.of(
            Scalar.BIGINT,
            Scalar.INT,
            Scalar.TEXT,
            Scalar.BOOLEAN,
            Scalar.DOUBLE,
            new Decimal(30, 2),
            Scalar.TIMESTAMP,
            new DataType.ListType(Scalar.INT),
            new DataType.MapType(Scalar.TEXT, Scalar.INT),
            new DataType.StructType(List.of(new Field("a", Scalar.TEXT), new Field("b", Scalar.BIGINT))));

    private static Object value(DataType type, Random random) {
        int number = random.nextInt(300) - 150;
        if (random.nextInt(10) == 0) {
            return null;
        }
        return switch (type.physical()) {
            case BOOLEAN -> number > 0;
            case INT -> number;
            case LONG -> (long) number;
            case DOUBLE -> number / 4.0;
            case DECIMAL -> BigDecimal.valueOf(number, 2);
            case BYTES -> "x".repeat(Math.abs(number) % 3) + number;
            case LIST -> Arrays.asList(number, null, number / 3);
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                boolean turned = random.nextBoolean();
                map.put(turned ? "b" : "a", turned ? 1 : number);
                map.put(turned ? "a" : "b", turned ? number : 1);
                yield map;
            }
            case STRUCT -> Arrays.asList("s" + number, (long) number);
        };
    }

    @Test
    void findsWhatAMapFinds() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<DataType> types = new ArrayList<>();
            for (int i = 0; i < random.nextInt(4); i++) {
                types.add(TYPES.get(random.nextInt(TYPES.size())));
            }
            check(types, random, "seed " + seed + " " + types);
        }
    }

    private static void check(List<DataType> types, Random random, String message) {
        KeyTable table = KeyTable.of(types);
        KeyRows keys = new KeyRows(types);
        Map<List<Object>, Integer> expected = new HashMap<>();
        for (int step = 0; step < 20; step++) {
            int size = 1 + random.nextInt(200);
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                List<Object> row = new ArrayList<>();
                types.forEach(type -> row.add(value(type, random)));
                rows.add(row);
            }
            Column[] columns = columns(types, rows);
            keys.load(columns, size);
            int[] positions = new int[size];
            Arrays.setAll(positions, i -> size - 1 - i);
            int[] ids = new int[size];
            table.lookup(keys, positions, size, ids);
            for (int i = 0; i < size; i++) {
                Integer before = expected.putIfAbsent(rows.get(positions[i]), ids[i]);
                assertEquals(before == null ? ids[i] : before, ids[i], message);
            }
            assertEquals(expected.size(), table.size(), message);
            compareKeys(table, types, expected, message);
            remove(table, expected, random);
        }
    }

    private static Column[] columns(List<DataType> types, List<List<Object>> rows) {
        Column[] columns = new Column[types.size()];
        for (int c = 0; c < columns.length; c++) {
            ColumnBuilder builder = ColumnBuilder.of(types.get(c), rows.size());
            for (List<Object> row : rows) {
                Values.append(types.get(c), builder, row.get(c));
            }
            columns[c] = builder.build();
        }
        return columns;
    }

    private static void compareKeys(
            KeyTable table, List<DataType> types, Map<List<Object>, Integer> expected, String message) {
        int[] ids = table.ids();
        Column[] columns = table.columns(ids, ids.length);
        long[] hashes = new long[ids.length];
        KeyHasher.hash(columns, ids.length, hashes);
        Map<List<Object>, Integer> actual = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            List<Object> key = new ArrayList<>();
            for (int c = 0; c < columns.length; c++) {
                key.add(Values.read(types.get(c), columns[c], i));
            }
            actual.put(key, ids[i]);
            assertEquals(table.hash(ids[i]), hashes[i], message);
        }
        assertEquals(expected, actual, message);
    }

    private static void remove(KeyTable table, Map<List<Object>, Integer> expected, Random random) {
        if (random.nextInt(12) == 0) {
            table.clear();
            expected.clear();
            return;
        }
        List<List<Object>> all = new ArrayList<>(expected.keySet());
        java.util.Collections.shuffle(all, random);
        int count = random.nextInt(4) == 0 ? all.size() : all.size() / 3;
        int[] removed = new int[count];
        for (int i = 0; i < count; i++) {
            removed[i] = expected.remove(all.get(i));
        }
        table.remove(removed, count);
    }
}
