package io.laminar.benchmark.roofline;

import io.laminar.connector.generator.nexmark.NexmarkSchema;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** Auctions and prices of bids as plain columns without nulls. */
record BidColumns(List<Batch> batches) {
    static final Schema SCHEMA =
            Schema.of(new Field("auction", Scalar.BIGINT, false), new Field("price", Scalar.BIGINT, false));

    static BidColumns of(List<Batch> events) {
        List<Batch> bids = new ArrayList<>();
        int bid = NexmarkSchema.EVENT.indexOf("bid");
        for (Batch event : events) {
            StructColumn struct = (StructColumn) event.column(bid);
            int[] present = new int[event.size()];
            int count = 0;
            for (int row = 0; row < event.size(); row++) {
                if (!struct.isNull(row)) {
                    present[count++] = row;
                }
            }
            Batch rows = event.withColumns(new Column[] {struct.member(0), struct.member(2)})
                    .gather(present, count);
            bids.add(rows.withColumns(new Column[] {plain(rows.column(0)), plain(rows.column(1))}));
        }
        return new BidColumns(bids);
    }

    /** The same rows with auctions folded to a number of keys. */
    BidColumns withKeysBelow(long keys) {
        return new BidColumns(batches.stream()
                .map(batch -> {
                    long[] folded = new long[batch.size()];
                    for (int i = 0; i < folded.length; i++) {
                        folded[i] = longs(batch, 0)[i] % keys;
                    }
                    return batch.withColumns(
                            new Column[] {new LongColumn(folded, null, folded.length), batch.column(1)});
                })
                .toList());
    }

    long rows() {
        return batches.stream().mapToLong(Batch::size).sum();
    }

    static long[] longs(Batch batch, int column) {
        return ((LongColumn) batch.column(column)).values();
    }

    private static Column plain(Column column) {
        return new LongColumn(((LongColumn) column).values(), null, column.size());
    }
}
