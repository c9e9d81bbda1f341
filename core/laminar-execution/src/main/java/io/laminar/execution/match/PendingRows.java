package io.laminar.execution.match;

import io.laminar.execution.key.RowSorter;
import io.laminar.execution.key.SortKeyRows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Rows whose time the watermark has not passed yet. They come back in order of arrival, those of each batch by time. */
final class PendingRows {

    /** A batch in order of time, of which the rows before a position are gone. */
    private static final class Run {
        private final Batch batch;
        private final long number;
        private final long bytes;
        private int next;

        Run(Batch batch, long number) {
            this.batch = batch;
            this.number = number;
            this.bytes = HeapSize.of(batch);
        }

        long head() {
            return batch.rowtime()[next];
        }
    }

    private final Schema schema;
    private final PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparingLong(Run::head));
    private long arrived;

    PendingRows(Schema schema) {
        this.schema = schema;
    }

    void add(Batch batch) {
        if (batch.size() > 0) {
            runs.add(new Run(byTime(batch), arrived++));
        }
    }

    private static Batch byTime(Batch batch) {
        long[] times = batch.rowtime();
        boolean sorted = true;
        for (int i = 1; i < batch.size(); i++) {
            sorted &= times[i - 1] <= times[i];
        }
        if (sorted) {
            return batch;
        }
        SortKeyRows keys = new SortKeyRows(List.of(new SortKey(0, false, false)));
        keys.load(new Column[] {new LongColumn(times, null, batch.size())}, batch.size());
        int[] order = RowSorter.sort(keys, batch.size());
        return batch.gather(order, order.length);
    }

    /** Heap that the rows take, nearly. */
    long bytes() {
        long bytes = 0;
        for (Run run : runs) {
            bytes += run.bytes;
        }
        return bytes;
    }

    /** Takes out the rows that the watermark has passed; null if there are none. */
    @Nullable
    Batch release(long watermark) {
        record Piece(long number, Batch rows) {}
        List<Piece> pieces = new ArrayList<>();
        while (!runs.isEmpty() && runs.peek().head() <= watermark) {
            Run run = runs.poll();
            int end = run.next;
            while (end < run.batch.size() && run.batch.rowtime()[end] <= watermark) {
                end++;
            }
            pieces.add(new Piece(run.number, run.batch.slice(run.next, end - run.next)));
            run.next = end;
            if (end < run.batch.size()) {
                runs.add(run);
            }
        }
        pieces.sort(Comparator.comparingLong(Piece::number));
        return joined(pieces.stream().map(Piece::rows).toList());
    }

    private @Nullable Batch joined(List<Batch> batches) {
        if (batches.size() <= 1) {
            return batches.isEmpty() ? null : batches.get(0);
        }
        int size = batches.stream().mapToInt(Batch::size).sum();
        Column[] columns = new Column[schema.size()];
        for (int c = 0; c < columns.length; c++) {
            ColumnBuilder builder = ColumnBuilder.of(schema.type(c), size);
            for (Batch batch : batches) {
                for (int row = 0; row < batch.size(); row++) {
                    builder.appendFrom(batch.column(c), row);
                }
            }
            columns[c] = builder.build();
        }
        long[] times = new long[size];
        int at = 0;
        for (Batch batch : batches) {
            System.arraycopy(batch.rowtime(), 0, times, at, batch.size());
            at += batch.size();
        }
        return new Batch(size, columns, times, null);
    }

    /** All rows, in order of arrival as far as batches go; null if there are none. */
    @Nullable
    Batch all() {
        List<Run> inOrder = new ArrayList<>(runs);
        inOrder.sort(Comparator.comparingLong(run -> run.number));
        return joined(inOrder.stream()
                .map(run -> run.batch.slice(run.next, run.batch.size() - run.next))
                .toList());
    }
}
