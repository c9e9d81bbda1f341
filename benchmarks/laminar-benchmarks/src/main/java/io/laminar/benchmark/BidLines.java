package io.laminar.benchmark;

import io.laminar.connector.generator.nexmark.NexmarkSchema;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.text.TemporalText;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Bids as JSON lines of six fields. */
public final class BidLines {
    private BidLines() {}

    /** The bids among the events in one array. */
    public static byte[] bytes(List<Batch> events) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(events, out);
        return out.toByteArray();
    }

    /** Writes the bids among the events to a file; returns their number. */
    public static long file(List<Batch> events, Path path) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
            return write(events, out);
        }
    }

    private static long write(List<Batch> events, OutputStream out) throws IOException {
        long lines = 0;
        int bidColumn = NexmarkSchema.EVENT.indexOf("bid");
        StringBuilder line = new StringBuilder();
        byte[] time = new byte[64];
        for (Batch batch : events) {
            StructColumn bids = (StructColumn) batch.column(bidColumn);
            for (int row = 0; row < batch.size(); row++) {
                if (!bids.isNull(row)) {
                    line.setLength(0);
                    line.append("{\"auction\":").append(number(bids, 0, row));
                    line.append(",\"bidder\":").append(number(bids, 1, row));
                    line.append(",\"price\":").append(number(bids, 2, row));
                    line.append(",\"channel\":\"").append(text(bids, 3, row));
                    line.append("\",\"url\":\"").append(text(bids, 4, row));
                    line.append("\",\"dateTime\":\"").append(isoMillis(batch.rowtime()[row], time));
                    line.append("\"}\n");
                    out.write(line.toString().getBytes(StandardCharsets.UTF_8));
                    lines++;
                }
            }
        }
        return lines;
    }

    private static long number(StructColumn bids, int member, int row) {
        return ((LongColumn) bids.member(member)).value(row);
    }

    private static String text(StructColumn bids, int member, int row) {
        return ((BytesColumn) bids.member(member)).text(row);
    }

    /** Always with three digits of milliseconds, so that the hand-written loop may rely on it. */
    private static String isoMillis(long micros, byte[] scratch) {
        int length = TemporalText.formatTimestamp(Math.floorDiv(micros, 1_000_000L) * 1_000_000L, scratch, 0);
        String seconds = new String(scratch, 0, length, StandardCharsets.UTF_8).replace(' ', 'T');
        return seconds + "." + "%03d".formatted(Math.floorMod(micros, 1_000_000L) / 1_000);
    }
}
