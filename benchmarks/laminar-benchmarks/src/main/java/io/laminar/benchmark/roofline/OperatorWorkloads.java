package io.laminar.benchmark.roofline;

import io.laminar.execution.Operators;
import io.laminar.execution.operator.Operator;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;

/** Laminar's sides: its operators and decoder without the runtime around them. */
final class OperatorWorkloads {
    static final long DIVISOR = 123;

    private static final Expression AUCTION = new Expression.Input(0, Scalar.BIGINT, false);
    private static final Expression PRICE = new Expression.Input(1, Scalar.BIGINT, false);
    private static final PlanNode BIDS = new InputStub(BidColumns.SCHEMA, ChangelogMode.APPEND);

    private OperatorWorkloads() {}

    static final class Filter implements Workload {
        private final BidColumns bids;
        private final Operator operator;

        Filter(BidColumns bids) {
            this.bids = bids;
            Expression remainder = new Expression.Call(
                    Operation.MODULO,
                    List.of(AUCTION, new Expression.Literal(DIVISOR, Scalar.BIGINT)),
                    Scalar.BIGINT,
                    false);
            Expression condition = new Expression.Call(
                    Operation.EQUAL,
                    List.of(remainder, new Expression.Literal(0L, Scalar.BIGINT)),
                    Scalar.BOOLEAN,
                    false);
            operator = Operators.builtin()
                    .create(new FilterProjectNode(BIDS, condition, List.of(AUCTION, PRICE), null, BidColumns.SCHEMA));
            operator.open(new StandaloneContext());
        }

        @Override
        public long units() {
            return bids.rows();
        }

        @Override
        public long round() {
            long[] checksum = new long[1];
            for (Batch batch : bids.batches()) {
                operator.process(0, batch, out -> {
                    int last = out.size() - 1;
                    checksum[0] += out.size() + BidColumns.longs(out, 0)[last] + BidColumns.longs(out, 1)[last];
                });
            }
            return checksum[0];
        }
    }

    static final class Aggregate implements Workload {
        private static final Schema RESULT = Schema.of(
                new Field("auction", Scalar.BIGINT, false),
                new Field("n", Scalar.BIGINT, false),
                new Field("highest", Scalar.BIGINT, false));
        private static final AggregateNode NODE = new AggregateNode(
                BIDS,
                List.of(0),
                List.of(
                        new AggregateCall("count", List.of(), false, null, List.of(), Scalar.BIGINT, false),
                        new AggregateCall("max", List.of(1), false, null, List.of(), Scalar.BIGINT, false)),
                Phase.COMPLETE,
                new Emit.Final(),
                0,
                RESULT);

        private final BidColumns bids;

        Aggregate(BidColumns bids) {
            this.bids = bids;
        }

        @Override
        public long units() {
            return bids.rows();
        }

        @Override
        public long round() {
            Operator operator = Operators.builtin().create(NODE);
            operator.open(new StandaloneContext());
            long[] checksum = new long[1];
            for (Batch batch : bids.batches()) {
                operator.process(0, batch, out -> {});
            }
            operator.finish(out -> {
                for (int row = 0; row < out.size(); row++) {
                    checksum[0] += BidColumns.longs(out, 0)[row]
                            + BidColumns.longs(out, 1)[row]
                            + BidColumns.longs(out, 2)[row];
                }
            });
            operator.close();
            return checksum[0];
        }
    }

    static final class Json implements Workload {
        private static final Schema RECORD = Schema.of(
                new Field("auction", Scalar.BIGINT),
                new Field("bidder", Scalar.BIGINT),
                new Field("price", Scalar.BIGINT),
                new Field("channel", Scalar.TEXT),
                new Field("url", Scalar.TEXT),
                new Field("dateTime", Scalar.TIMESTAMP));
        private static final FormatSpec SPEC = new FormatSpec("json", RECORD, List.of(0, 2, 3, 5), OptionValues.EMPTY);

        private final byte[] lines;
        private final RecordDecoder decoder;
        private final BatchBuilder rows = new BatchBuilder(SPEC.projected(), Batch.TARGET_ROWS);

        Json(byte[] lines) {
            this.lines = lines;
            this.decoder = ((RecordFormat) Formats.named("json")).decoder(SPEC);
        }

        @Override
        public long units() {
            return lines.length;
        }

        @Override
        public long round() {
            long checksum = 0;
            int at = 0;
            while (at < lines.length) {
                at = decoder.decode(lines, at, lines.length, true, rows, (buffer, from, to, reason) -> {
                    throw reason;
                });
                Batch batch = rows.build();
                int last = batch.size() - 1;
                checksum += batch.size()
                        + ((LongColumn) batch.column(0)).value(last)
                        + ((LongColumn) batch.column(1)).value(last)
                        + ((BytesColumn) batch.column(2)).lengths()[last]
                        + ((LongColumn) batch.column(3)).value(last);
            }
            return checksum;
        }
    }
}
