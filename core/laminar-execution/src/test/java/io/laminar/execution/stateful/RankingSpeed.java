package io.laminar.execution.stateful;

import io.laminar.execution.StatefulOperators;
import io.laminar.execution.operator.Operator;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.RankFunction;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.TopNNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Rows per second of rankings over bids, as in queries 18 and 19 of Nexmark. Run by hand. */
public final class RankingSpeed {
    private static final int AUCTION = 0;
    private static final int BIDDER = 1;
    private static final int PRICE = 2;
    private static final int ROWS = 3_000_000;

    private static final Schema SCHEMA = Schema.of(
            new Field("auction", Scalar.BIGINT),
            new Field("bidder", Scalar.BIGINT),
            new Field("price", Scalar.BIGINT),
            new Field("channel", Scalar.TEXT),
            new Field("url", Scalar.TEXT),
            new Field("at", Scalar.TIMESTAMP),
            new Field("extra", Scalar.TEXT));

    private static long emitted;

    private RankingSpeed() {}

    public static void main(String[] arguments) {
        String only = arguments.length > 0 ? arguments[0] : "";
        List<Batch> batches = batches();
        InputStub input = new InputStub(SCHEMA, ChangelogMode.APPEND);
        InputStub changes = new InputStub(SCHEMA, ChangelogMode.RETRACT);
        List<SortKey> byPrice = List.of(new SortKey(PRICE, true, true));
        List<Field> ranked = new ArrayList<>(SCHEMA.fields());
        ranked.add(new Field("rank", Scalar.BIGINT, false));
        Emit emit = new Emit.Changes(1_000_000);
        for (int round = 0; round < 3; round++) {
            run(
                    only,
                    "q18",
                    batches,
                    () -> StatefulOperators.of(new DeduplicateNode(
                            input,
                            List.of(BIDDER, AUCTION),
                            DeduplicateNode.Keep.LAST,
                            TimeDomain.EVENT,
                            emit,
                            86_400_000_000L)));
            run(
                    only,
                    "first",
                    batches,
                    () -> StatefulOperators.of(new DeduplicateNode(
                            input,
                            List.of(BIDDER, AUCTION),
                            DeduplicateNode.Keep.FIRST,
                            TimeDomain.EVENT,
                            emit,
                            86_400_000_000L)));
            run(only, "q19", batches, () -> StatefulOperators.of(topN(input, byPrice, emit, new Schema(ranked))));
            run(
                    only,
                    "q19 changelog",
                    batches,
                    () -> StatefulOperators.of(topN(changes, byPrice, emit, new Schema(ranked))));
        }
    }

    private static TopNNode topN(InputStub input, List<SortKey> order, Emit emit, Schema schema) {
        return new TopNNode(
                input, List.of(AUCTION), order, RankFunction.ROW_NUMBER, 1, 10, true, emit, 86_400_000_000L, schema);
    }

    private static List<Batch> batches() {
        Random random = new Random(1);
        List<Batch> batches = new ArrayList<>();
        byte[][] channels = new byte[10_000][];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = ("channel-" + i).getBytes(StandardCharsets.UTF_8);
        }
        byte[] filler =
                "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < ROWS; from += Batch.TARGET_ROWS) {
            int size = Math.min(Batch.TARGET_ROWS, ROWS - from);
            long[][] numbers = new long[3][size];
            long[] times = new long[size];
            BytesBuilder channel = new BytesBuilder(size);
            BytesBuilder url = new BytesBuilder(size);
            BytesBuilder extra = new BytesBuilder(size);
            for (int i = 0; i < size; i++) {
                long auctions = 1000 + (from + i) * 3L / 46;
                long people = 1000 + (from + i) / 46;
                boolean hotAuction = random.nextInt(2) > 0;
                boolean hotBidder = random.nextInt(4) > 0;
                numbers[AUCTION][i] = hotAuction ? auctions / 100 * 100 : auctions - random.nextInt(100);
                numbers[BIDDER][i] = hotBidder ? people / 100 * 100 + 1 : people - random.nextInt(1000);
                numbers[PRICE][i] = (long) (Math.pow(10, random.nextDouble() * 6) * 100);
                times[i] = (from + i) * 10L;
                byte[] name = channels[random.nextInt(channels.length)];
                channel.append(name, 0, name.length);
                url.append(filler, 0, 55);
                extra.append(filler, random.nextInt(20), 30);
            }
            Column[] columns = {
                new LongColumn(numbers[AUCTION], null, size),
                new LongColumn(numbers[BIDDER], null, size),
                new LongColumn(numbers[PRICE], null, size),
                channel.build(),
                url.build(),
                new LongColumn(times, null, size),
                extra.build()
            };
            batches.add(new Batch(size, columns, times, null));
        }
        return batches;
    }

    private static void run(String only, String name, List<Batch> batches, Supplier<Operator> factory) {
        if (!name.startsWith(only)) {
            return;
        }
        Operator operator = factory.get();
        TestContext context = new TestContext(0, 1, 0);
        operator.open(context);
        emitted = 0;
        var thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        for (Batch batch : batches) {
            operator.process(0, batch, RankingSpeed::count);
            context.now += 4_000;
            if (context.now % 1_000_000 == 0) {
                context.wakeUps.clear();
                operator.tick(context.now, RankingSpeed::count);
            }
            if (context.now % 200_000 == 0) {
                operator.watermark(batch.rowtime()[batch.size() - 1] - 1_000_000, RankingSpeed::count);
            }
        }
        operator.finish(RankingSpeed::count);
        long nanos = thread.getCurrentThreadCpuTime() - start;
        System.out.printf("%-14s %5.2f M rows/s, %d rows out%n", name, ROWS * 1e3 / nanos, emitted);
        operator.close();
    }

    private static void count(Batch batch) {
        emitted += batch.size();
    }
}
