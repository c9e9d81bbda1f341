package io.laminar.benchmark.roofline;

import io.laminar.spi.batch.Batch;

/** The hand-written sides. */
final class LoopWorkloads {

    private LoopWorkloads() {}

    record Filter(BidColumns bids) implements Workload {
        @Override
        public long units() {
            return bids.rows();
        }

        @Override
        public long round() {
            long checksum = 0;
            long[] auctions = new long[Batch.TARGET_ROWS];
            long[] prices = new long[Batch.TARGET_ROWS];
            for (Batch batch : bids.batches()) {
                int kept = HandWritten.filter(
                        BidColumns.longs(batch, 0), BidColumns.longs(batch, 1), batch.size(), auctions, prices);
                checksum += kept + (kept > 0 ? auctions[kept - 1] + prices[kept - 1] : 0);
            }
            return checksum;
        }
    }

    record Aggregate(BidColumns bids) implements Workload {
        @Override
        public long units() {
            return bids.rows();
        }

        @Override
        public long round() {
            HandWritten.HashTable table = new HandWritten.HashTable();
            for (Batch batch : bids.batches()) {
                table.add(BidColumns.longs(batch, 0), BidColumns.longs(batch, 1), batch.size());
            }
            return table.checksum();
        }
    }

    record Json(byte[] lines) implements Workload {
        @Override
        public long units() {
            return lines.length;
        }

        @Override
        public long round() {
            long checksum = 0;
            int at = 0;
            while (at < lines.length) {
                HandWritten.BidLines decoder = new HandWritten.BidLines(Batch.TARGET_ROWS);
                int rows = decoder.decode(lines, at, lines.length, Batch.TARGET_ROWS);
                at = decoder.position();
                checksum += rows
                        + decoder.auctions[rows - 1]
                        + decoder.prices[rows - 1]
                        + decoder.channelLengths[rows - 1]
                        + decoder.times[rows - 1];
            }
            return checksum;
        }
    }
}
