package io.laminar.execution.stateful;

import io.laminar.execution.StatefulOperators;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.state.StateReader;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.Phase;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Rows per second of statistics over bids, as in queries 15, 16 and 17 of Nexmark, and how long a checkpoint takes. Run by hand. */
public final class StatisticsSpeed {
    private static final int CHANNEL = 0;
    private static final int DAY = 1;
    private static final int MINUTE = 2;
    private static final int AUCTION = 3;
    private static final int BIDDER = 4;
    private static final int PRICE = 5;
    private static final int FIRST_FILTER = 6;
    private static final int ROWS = 6_000_000;

    private static final Schema SCHEMA = Schema.of(
            new Field("channel", Scalar.TEXT, false),
            new Field("day", Scalar.TEXT, false),
            new Field("minute", Scalar.TEXT, false),
            new Field("auction", Scalar.BIGINT, false),
            new Field("bidder", Scalar.BIGINT, false),
            new Field("price", Scalar.BIGINT, false),
            new Field("rank1", Scalar.BOOLEAN, false),
            new Field("rank2", Scalar.BOOLEAN, false),
            new Field("rank3", Scalar.BOOLEAN, false));

    private static long emitted;

    private StatisticsSpeed() {}

    public static void main(String[] arguments) throws IOException {
        String only = arguments.length > 0 ? arguments[0] : "";
        List<AggregateCall> bids = new ArrayList<>();
        addCounts(bids, -1);
        List<AggregateCall> distinct = new ArrayList<>(bids);
        addCounts(distinct, BIDDER);
        addCounts(distinct, AUCTION);
        List<AggregateCall> byChannel = new ArrayList<>(distinct);
        byChannel.add(0, call("max", MINUTE, null, false, Scalar.TEXT));
        List<AggregateCall> byAuction = new ArrayList<>(bids);
        byAuction.add(call("min", PRICE, null, false, Scalar.BIGINT));
        byAuction.add(call("max", PRICE, null, false, Scalar.BIGINT));
        byAuction.add(call("avg", PRICE, null, false, Scalar.DOUBLE));
        byAuction.add(call("sum", PRICE, null, false, new Decimal(38, 0)));
        List<Batch> batches = batches();
        for (int round = 0; round < 3; round++) {
            run(only, "q15", List.of(DAY), distinct, batches);
            run(only, "q16", List.of(CHANNEL, DAY), byChannel, batches);
            run(only, "q17", List.of(AUCTION, DAY), byAuction, batches);
        }
    }

    private static void addCounts(List<AggregateCall> calls, int argument) {
        calls.add(call("count", argument, null, argument >= 0, Scalar.BIGINT));
        for (int rank = 0; rank < 3; rank++) {
            calls.add(call("count", argument, FIRST_FILTER + rank, argument >= 0, Scalar.BIGINT));
        }
    }

    private static AggregateCall call(String function, int argument, Integer filter, boolean distinct, DataType type) {
        List<Integer> arguments = argument < 0 ? List.of() : List.of(argument);
        return new AggregateCall(function, arguments, distinct, filter, List.of(), type, !function.equals("count"));
    }

    /** Most bids are for auctions that are open now; bidders and auctions become more all the time. */
    private static List<Batch> batches() {
        Random random = new Random(1);
        List<Batch> batches = new ArrayList<>();
        int size = Batch.TARGET_ROWS;
        for (int from = 0; from < ROWS; from += size) {
            long[] auctions = new long[size];
            long[] bidders = new long[size];
            long[] prices = new long[size];
            boolean[][] ranks = new boolean[3][size];
            BytesBuilder channels = new BytesBuilder(size);
            BytesBuilder days = new BytesBuilder(size);
            BytesBuilder minutes = new BytesBuilder(size);
            for (int i = 0; i < size; i++) {
                int event = from + i;
                auctions[i] = 1000
                        + (random.nextInt(2) == 0 ? event / 400 * 25 : Math.max(0, event / 16 - random.nextInt(100)));
                bidders[i] = 1000
                        + (random.nextInt(4) > 0 ? event / 500 * 6 : Math.max(0, event / 50 - random.nextInt(1000)));
                prices[i] = Math.round(Math.pow(10, random.nextDouble() * 6) * 100);
                ranks[0][i] = prices[i] < 10_000;
                ranks[1][i] = prices[i] >= 10_000 && prices[i] < 1_000_000;
                ranks[2][i] = prices[i] >= 1_000_000;
                String[] known = {"Google", "Facebook", "Baidu", "Apple"};
                append(channels, random.nextBoolean() ? known[random.nextInt(4)] : "channel-" + random.nextInt(10_000));
                append(days, "2026-11-23");
                append(minutes, "12:" + (10 + event / 1_000_000));
            }
            Column[] columns = {
                channels.build(),
                days.build(),
                minutes.build(),
                new LongColumn(auctions, null, size),
                new LongColumn(bidders, null, size),
                new LongColumn(prices, null, size),
                new BooleanColumn(ranks[0], null, size),
                new BooleanColumn(ranks[1], null, size),
                new BooleanColumn(ranks[2], null, size)
            };
            batches.add(new Batch(size, columns, new long[size], null));
        }
        return batches;
    }

    private static void append(BytesBuilder builder, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        builder.append(bytes, 0, bytes.length);
    }

    private static Operator operator(List<Integer> keys, List<AggregateCall> calls) {
        List<Field> fields = new ArrayList<>(SCHEMA.select(keys).fields());
        calls.forEach(call -> fields.add(new Field("c", call.type())));
        return StatefulOperators.of(new AggregateNode(
                new InputStub(SCHEMA, ChangelogMode.APPEND),
                keys,
                calls,
                Phase.COMPLETE,
                new Emit.Changes(1_000_000),
                0,
                new Schema(fields)));
    }

    private static void run(
            String only, String what, List<Integer> keys, List<AggregateCall> calls, List<Batch> batches)
            throws IOException {
        if (!only.isEmpty() && !only.equals(what)) {
            return;
        }
        Operator operator = operator(keys, calls);
        TestContext context = new TestContext(0, 1, 0);
        operator.open(context);
        long start = cpuTime();
        for (Batch batch : batches) {
            operator.process(0, batch, out -> emitted += out.size());
            context.now += batch.size();
            if (!context.wakeUps.isEmpty() && context.wakeUps.first() <= context.now) {
                operator.tick(context.wakeUps.pollFirst(), out -> emitted += out.size());
            }
        }
        long processed = cpuTime();
        Map<Integer, byte[]> state = new TreeMap<>();
        operator.snapshot((keyGroup, section) -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                section.write(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            state.put(keyGroup, bytes.toByteArray());
        });
        long saved = cpuTime();
        Operator restored = operator(keys, calls);
        restored.open(new TestContext(0, 1, 0));
        restored.restore(section(state));
        System.out.printf(
                "%s %5.2f M rows/s, checkpoint %d ms of %d MB, restored in %d ms%n",
                what,
                batches.size() * (double) Batch.TARGET_ROWS * 1e3 / (processed - start),
                (saved - processed) / 1_000_000,
                state.values().stream().mapToLong(bytes -> bytes.length).sum() >> 20,
                (cpuTime() - saved) / 1_000_000);
    }

    private static StateReader section(Map<Integer, byte[]> state) {
        return section -> state.forEach((keyGroup, bytes) -> {
            try {
                section.read(keyGroup, new DataInputStream(new ByteArrayInputStream(bytes)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Processor time of this thread: the machine may have other work. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
