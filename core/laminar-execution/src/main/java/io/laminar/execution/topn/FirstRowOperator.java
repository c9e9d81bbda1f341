package io.laminar.execution.topn;

import io.laminar.execution.aggregate.GroupExpiry;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.row.HeldRows;
import io.laminar.execution.state.KeyGroupIndex;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link DeduplicateNode} that keeps the first row of each key. By event time a key's earliest row waits until the
 * watermark has reached it; of keys that have given their row only the key is kept. A row behind the watermark whose key
 * has given none comes too late to be compared with what others may have been dropped, and is late.
 */
public final class FirstRowOperator implements Operator {
    private static final int NONE = -1;
    private static final byte NEW = 0;
    private static final byte WAITING = 1;
    private static final byte DONE = 2;

    private final List<Integer> keyColumns;
    private final KeyRows batchKeys;
    private final KeyTable keys;
    private final HeldRows rows;
    private final CandidateQueue queue = new CandidateQueue();
    private final GroupExpiry expiry;
    private final boolean byEventTime;
    private int[] ids = new int[Batch.TARGET_ROWS];
    private byte[] states = new byte[0];
    /** By key: its earliest row in this batch. */
    private int[] winner = new int[0];

    private int[] won = new int[Batch.TARGET_ROWS];
    private int[] winners = new int[Batch.TARGET_ROWS];
    private final LateRows late = new LateRows();
    private long watermark = Long.MIN_VALUE;
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
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
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
            count += states[ids[i]] == NEW ? 1 : 0;
            states[ids[i]] = DONE;
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
            states[key] = WAITING;
            queue.add(times[winners[i]], key);
        }
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
    public void snapshot(StateWriter writer) {
        KeyGroupIndex index = KeyGroupIndex.of(keys, context().maxParallelism());
        KeyGroupRange range = context().keyGroups();
        for (int keyGroup = range.first(); keyGroup <= range.last(); keyGroup++) {
            int current = keyGroup;
            writer.keyGroup(keyGroup, out -> {
                out.writeLong(watermark);
                write(index.ids(current), out);
            });
        }
    }

    /** Writes keys, whether each waits, when it was used, and the rows of those that wait. */
    private void write(int[] saved, DataOutput out) throws IOException {
        int count = saved.length;
        boolean[] waiting = new boolean[count];
        int[] stamps = new int[count];
        int[] waitingKeys = new int[count];
        int number = 0;
        for (int i = 0; i < count; i++) {
            waiting[i] = states[saved[i]] == WAITING;
            stamps[i] = expiry.stamp(saved[i]);
            waitingKeys[number] = saved[i];
            number += waiting[i] ? 1 : 0;
        }
        BatchCodec.write(new Batch(count, keys.columns(saved, count), new long[count], null), out);
        BatchCodec.write(new BooleanColumn(waiting, null, count), out);
        BatchCodec.write(new IntColumn(stamps, null, count), out);
        if (number > 0) {
            BatchCodec.write(
                    new Batch(number, rows.gather(waitingKeys, number), rows.times(waitingKeys, number), null), out);
        }
    }

    @Override
    public void restore(StateReader reader) {
        // Parts of the state may come from subtasks that were not equally far; the slowest decides.
        long[] slowest = {Long.MAX_VALUE};
        boolean[] any = {false};
        reader.forEachKeyGroup((keyGroup, in) -> {
            any[0] = true;
            slowest[0] = Math.min(slowest[0], in.readLong());
            read(in);
        });
        if (any[0]) {
            watermark = slowest[0];
        }
        if (expiry.isActive()) {
            expiry.schedule(context().now(), context());
        }
    }

    private void read(DataInput in) throws IOException {
        Batch saved = BatchCodec.read(in);
        BooleanColumn waiting = (BooleanColumn) BatchCodec.readColumn(in);
        IntColumn stamps = (IntColumn) BatchCodec.readColumn(in);
        int count = saved.size();
        find(saved.columns(), count);
        int[] waitingKeys = new int[count];
        int number = 0;
        for (int i = 0; i < count; i++) {
            int key = ids[i];
            expiry.restore(key, stamps.value(i));
            states[key] = waiting.value(i) ? WAITING : DONE;
            waitingKeys[number] = key;
            number += waiting.value(i) ? 1 : 0;
        }
        if (number > 0) {
            rows.reserve(keys.limit());
            Batch candidates = BatchCodec.read(in);
            rows.put(candidates, Rows.first(number), waitingKeys, number);
            for (int i = 0; i < number; i++) {
                queue.add(candidates.rowtime()[i], waitingKeys[i]);
            }
        }
    }

    @Override
    public long stateBytes() {
        return keys.bytes() + rows.bytes() + queue.bytes() + expiry.bytes() + HeapSize.of(states) + HeapSize.of(winner);
    }
}
