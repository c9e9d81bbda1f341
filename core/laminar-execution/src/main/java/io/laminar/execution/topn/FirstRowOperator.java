package io.laminar.execution.topn;

import io.laminar.execution.aggregate.GroupExpiry;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.row.HeldRows;
import io.laminar.execution.state.RowTracker;
import io.laminar.execution.state.RowsByKey;
import io.laminar.execution.state.SlowestWatermark;
import io.laminar.execution.state.StateTables;
import io.laminar.execution.state.StoredRows;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link DeduplicateNode} that keeps the first row of each key. By event time a key's earliest row waits until the
 * watermark has reached it; of keys that have given their row only the key is kept. A row behind the watermark whose key
 * has given none comes too late to be compared with what others may have been dropped, and is late.
 */
public final class FirstRowOperator implements Operator {
    private static final int NONE = -1;
    private static final int STATE_VERSION = 1;
    private static final byte NEW = 0;
    private static final byte WAITING = 1;
    private static final byte DONE = 2;

    private final List<Integer> keyColumns;
    private final KeyRows batchKeys;
    private final KeyTable keys;
    private final HeldRows rows;
    private final CandidateQueue queue = new CandidateQueue();
    private final GroupExpiry expiry;
    private long watermark = Long.MIN_VALUE;
    private final StateTables tables =
            new StateTables(STATE_VERSION, new SlowestWatermark(() -> watermark, this::restored));
    private final RowTracker keyTracker;
    private final RowTracker rowTracker;
    private final boolean byEventTime;
    private int[] ids = new int[Batch.TARGET_ROWS];
    private byte[] states = new byte[0];
    /** By key: its earliest row in this batch. */
    private int[] winner = new int[0];

    private int[] won = new int[Batch.TARGET_ROWS];
    private int[] winners = new int[Batch.TARGET_ROWS];
    private final LateRows late = new LateRows();
    private @Nullable OperatorContext context;

    public FirstRowOperator(DeduplicateNode node) {
        Schema schema = node.schema();
        keyColumns = node.keys();
        List<DataType> types = keyColumns.stream().map(schema::type).toList();
        batchKeys = new KeyRows(types);
        keys = KeyTable.of(types);
        rows = new HeldRows(schema);
        byEventTime = node.time() == TimeDomain.EVENT;
        expiry = new GroupExpiry(keyColumns.isEmpty() ? 0 : node.ttl());
        List<Integer> keyPositions =
                IntStream.range(0, keyColumns.size()).boxed().toList();
        keyTracker = tables.table(keyPositions, this::restoreKeys).open(new RowsByKey(keys, this::copyKeys));
        rowTracker = tables.table(keyColumns, this::restoreCandidates).open(new Candidates());
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
        tables.open(operatorContext.keyGroups(), operatorContext.maxParallelism());
    }

    private OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        int size = batch.size();
        if (size == 0) {
            return;
        }
        find(keyColumnsOf(batch), size);
        if (expiry.isActive()) {
            long now = context().now();
            keyTracker.touch(ids, size);
            expiry.touch(ids, size, now);
            expiry.schedule(now, context());
        }
        if (byEventTime) {
            compare(batch, out);
        } else {
            pass(batch, out);
        }
    }

    private Column[] keyColumnsOf(Batch batch) {
        Column[] columns = new Column[keyColumns.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(keyColumns.get(i));
        }
        return columns;
    }

    private void find(Column[] columns, int size) {
        if (ids.length < size) {
            ids = new int[size];
            won = new int[size];
            winners = new int[size];
        }
        batchKeys.load(columns, size);
        keys.lookup(batchKeys, Rows.first(size), size, ids);
        int limit = keys.limit();
        expiry.reserve(limit);
        keyTracker.reserve(limit);
        rowTracker.reserve(limit);
        if (states.length < limit) {
            int former = states.length;
            states = Arrays.copyOf(states, Capacity.grown(limit));
            winner = Arrays.copyOf(winner, states.length);
            Arrays.fill(winner, former, winner.length, NONE);
        }
    }

    /** Lets the first row of each key pass at once. */
    private void pass(Batch batch, Output out) {
        int count = 0;
        for (int i = 0; i < batch.size(); i++) {
            won[count] = i;
            if (states[ids[i]] == NEW) {
                count++;
                keyTracker.touch(ids[i]);
                states[ids[i]] = DONE;
            }
        }
        if (count > 0) {
            out.emit(count == batch.size() ? batch : batch.gather(won, count));
        }
    }

    /** Keeps the earliest row of each key that has given none. */
    private void compare(Batch batch, Output out) {
        rows.reserve(keys.limit());
        long[] times = batch.rowtime();
        int count = 0;
        for (int i = 0; i < batch.size(); i++) {
            int key = ids[i];
            if (states[key] == DONE) {
                continue;
            }
            if (times[i] <= watermark) {
                late.add(i);
            } else if (winner[key] != NONE) {
                winner[key] = times[i] < times[winner[key]] ? i : winner[key];
            } else if (states[key] == NEW || times[i] < rows.time(key)) {
                winner[key] = i;
                won[count++] = key;
            }
        }
        for (int i = 0; i < count; i++) {
            int key = won[i];
            winners[i] = winner[key];
            winner[key] = NONE;
            if (states[key] == NEW) {
                keyTracker.touch(key);
            }
            states[key] = WAITING;
            queue.add(times[winners[i]], key);
        }
        rowTracker.touch(won, count);
        rows.put(batch, winners, won, count);
        if (!late.isEmpty()) {
            late.send(0, batch, context(), out);
            forgetNew(batch.size());
        }
    }

    /** Forgets keys of which only late rows have come. */
    private void forgetNew(int size) {
        int[] gone = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (states[ids[i]] == NEW) {
                states[ids[i]] = DONE;
                gone[count++] = ids[i];
            }
        }
        forget(gone, count);
    }

    private void forget(int[] gone, int count) {
        keyTracker.remove(gone, count);
        for (int i = 0; i < count; i++) {
            states[gone[i]] = NEW;
        }
        keys.remove(gone, count);
    }

    @Override
    public void watermark(long time, Output out) {
        if (!byEventTime || time <= watermark) {
            return;
        }
        watermark = time;
        int[] ready = new int[16];
        int count = 0;
        while (!queue.isEmpty() && queue.firstTime() <= time) {
            long queued = queue.firstTime();
            int key = queue.poll();
            // An earlier row may have come since, and the key may be another one's by now.
            if (states[key] != WAITING || rows.time(key) != queued) {
                continue;
            }
            states[key] = DONE;
            if (count == ready.length) {
                ready = Arrays.copyOf(ready, count * 2);
            }
            ready[count++] = key;
            if (count == Batch.TARGET_ROWS) {
                emit(ready, count, out);
                count = 0;
            }
        }
        if (count > 0) {
            emit(ready, count, out);
        }
    }

    private void emit(int[] ready, int count, Output out) {
        rowTracker.remove(ready, count);
        out.emit(new Batch(count, rows.gather(ready, count), rows.times(ready, count), null));
        for (int i = 0; i < count; i++) {
            rows.release(ready[i]);
        }
    }

    @Override
    public void tick(long now, Output out) {
        if (expiry.isActive()) {
            int[] expired = expiry.expired(keys, key -> states[key] == WAITING, now, context());
            forget(expired, expired.length);
        }
    }

    @Override
    public void finish(Output out) {
        watermark(Long.MAX_VALUE, out);
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    /** Keys, with when each was used. */
    private Batch copyKeys(int[] some, int count) {
        return expiry.stamped(new Batch(count, keys.columns(some, count), new long[count], null), some);
    }

    /** A key without a row that waits has given its row. */
    private void restoreKeys(Batch copied) {
        int count = copied.size();
        find(Arrays.copyOf(copied.columns(), keyColumns.size()), count);
        expiry.restore(copied, ids);
        for (int i = 0; i < count; i++) {
            states[ids[i]] = states[ids[i]] == NEW ? DONE : states[ids[i]];
        }
    }

    /** The rows that wait, by key. */
    private final class Candidates implements StoredRows {
        @Override
        public int limit() {
            return keys.limit();
        }

        @Override
        public void mark(byte[] marks, byte bit) {
            for (int key = 0; key < keys.limit(); key++) {
                marks[key] |= states[key] == WAITING ? bit : 0;
            }
        }

        @Override
        public Batch copy(int[] some, int count) {
            return new Batch(count, rows.gather(some, count), rows.times(some, count), null);
        }

        @Override
        public void hash(int[] some, int count, long[] hashes) {
            keys.hash(some, count, hashes);
        }
    }

    private void restoreCandidates(Batch candidates) {
        int count = candidates.size();
        find(keyColumnsOf(candidates), count);
        rows.reserve(keys.limit());
        rows.put(candidates, Rows.first(count), ids, count);
        for (int i = 0; i < count; i++) {
            states[ids[i]] = WAITING;
            queue.add(candidates.rowtime()[i], ids[i]);
        }
    }

    private void restored(OptionalLong slowest) {
        watermark = slowest.orElse(watermark);
        if (expiry.isActive()) {
            expiry.schedule(context().now(), context());
        }
    }

    @Override
    public long idleUntil() {
        return !byEventTime || queue.isEmpty() ? Long.MAX_VALUE : queue.firstTime();
    }

    @Override
    public long stateBytes() {
        return keys.bytes() + rows.bytes() + queue.bytes() + expiry.bytes() + HeapSize.of(states) + HeapSize.of(winner);
    }
}
