package io.laminar.execution.over;

import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.state.StateTables;
import io.laminar.execution.state.StoredRows;
import io.laminar.plan.node.OverNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The state as two tables: the rows that are kept, each with its place and its order; and the partitions with their
 * sizes, the places of frames, what cannot be found again from rows, and the places of the rows that are held.
 */
final class OverState {
    private final OverNode node;
    private final OverEvaluation evaluation;
    private final OverFlow flow;
    private final OverRows rows;

    OverState(OverNode node, OverEvaluation evaluation, OverFlow flow) {
        this.node = node;
        this.evaluation = evaluation;
        this.flow = flow;
        this.rows = evaluation.rows();
    }

    /** Declares the tables. */
    void declare(StateTables tables, OverRestore restore) {
        List<Integer> keys = IntStream.range(0, node.keys().size()).boxed().toList();
        evaluation.track(tables.table(keys, restore::partitions).open(new Partitions()));
        rows.track(tables.table(node.keys(), restore::rows).open(new Rows()));
    }

    private final class Partitions implements StoredRows {
        @Override
        public int limit() {
            return evaluation.keys().limit();
        }

        @Override
        public void mark(byte[] marks, byte bit) {
            evaluation.keys().mark(marks, bit);
        }

        @Override
        public Batch copy(int[] ids, int count) {
            List<Column> columns =
                    new ArrayList<>(Arrays.asList(evaluation.keys().columns(ids, count)));
            long[] sizes = new long[count];
            long[] times = new long[count];
            int[] stamps = new int[count];
            int[] unfinished = new int[count];
            for (int i = 0; i < count; i++) {
                sizes[i] = rows.sizes()[ids[i]];
                times[i] = flow.lastTime(ids[i]);
                stamps[i] = evaluation.expiry().stamp(ids[i]);
                unfinished[i] = flow.unfinished(ids[i]);
            }
            columns.add(new LongColumn(sizes, null, count));
            columns.add(new LongColumn(times, null, count));
            columns.add(new IntColumn(stamps, null, count));
            columns.add(new IntColumn(unfinished, null, count));
            for (OverPart part : evaluation.parts()) {
                FrameCursor frame = part.frame();
                if (frame != null) {
                    for (long[] values : frame.places(ids, count)) {
                        columns.add(new LongColumn(values, null, count));
                    }
                }
                for (OverResults results : part.results()) {
                    columns.addAll(Arrays.asList(results.save(ids, count)));
                }
            }
            evaluation.holders().forEach(holder -> columns.add(held(holder, ids, count)));
            return new Batch(count, columns.toArray(new Column[0]), new long[count], null);
        }

        /** The places of the rows that something holds, by partition. */
        private ListColumn held(OverResults holder, int[] ids, int count) {
            int[] starts = new int[count];
            int[] lengths = new int[count];
            long[][] places = {new long[count]};
            int[] size = {0};
            for (int i = 0; i < count; i++) {
                starts[i] = size[0];
                holder.forEachHeld(ids[i], slot -> {
                    if (size[0] == places[0].length) {
                        places[0] = Arrays.copyOf(places[0], size[0] * 2);
                    }
                    places[0][size[0]++] = rows.positions()[slot];
                });
                lengths[i] = size[0] - starts[i];
            }
            return new ListColumn(new LongColumn(places[0], null, size[0]), starts, lengths, null, count);
        }

        @Override
        public void hash(int[] ids, int count, long[] hashes) {
            evaluation.keys().hash(ids, count, hashes);
        }
    }

    private final class Rows implements StoredRows {
        @Override
        public int limit() {
            return rows.limit();
        }

        @Override
        public void mark(byte[] marks, byte bit) {
            rows.mark(marks, bit);
        }

        @Override
        public Batch copy(int[] slots, int count) {
            long[] places = new long[count];
            long[] peers = new long[count];
            for (int i = 0; i < count; i++) {
                places[i] = rows.positions()[slots[i]];
                peers[i] = rows.peers()[slots[i]];
            }
            Batch copied = rows.gather(slots, count);
            Column[] columns = Arrays.copyOf(copied.columns(), copied.width() + 2);
            columns[copied.width()] = new LongColumn(places, null, count);
            columns[copied.width() + 1] = new LongColumn(peers, null, count);
            return copied.withColumns(columns);
        }

        @Override
        public void hash(int[] slots, int count, long[] hashes) {
            Column[] keys = new Column[node.keys().size()];
            Arrays.setAll(keys, c -> rows.column(node.keys().get(c)).gather(slots, count));
            KeyHasher.hash(keys, count, hashes);
        }
    }
}
