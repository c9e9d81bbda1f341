package io.laminar.execution.match;

import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.KeyGroupIndex;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import io.laminar.plan.node.MatchFrame;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchValue;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link MatchNode}. Rows wait until the watermark passes their time; then those of each partition are added in
 * order, and the searches go on, all partitions together as far as conditions are concerned.
 */
public final class MatchOperator implements Operator {

    /** When a search is given up although no row comes. */
    private record Timer(long time, MatchPartition partition) {}

    /** Bytes of a timer in its queue. */
    private static final int TIMER = HeapSize.REFERENCE + 24;

    private final MatchNode node;
    private final List<DataType> keyTypes;
    private final KeyRows keyRows;
    private final KeyTable keys;
    private final PartitionOrder order;
    private final int back;
    private final boolean numbered;
    private final LateRows late = new LateRows();
    private final PendingRows pending;
    private final RowStore store;
    private final MatchHistory history;
    private final RowConditions rowConditions;
    private final HistoryConditions historyConditions;
    private final MatchOutput output;
    private final MatchSearch search;
    private final MatchSnapshot snapshot;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::time));
    private @Nullable MatchPartition[] partitions = new MatchPartition[16];
    private List<MatchPartition> round = new ArrayList<>();
    private int[] ids = new int[Batch.TARGET_ROWS];
    private long watermark = Long.MIN_VALUE;
    private @Nullable OperatorContext context;

    public MatchOperator(MatchNode node, ExpressionCompiler compiler) {
        this.node = node;
        Schema input = node.input().schema();
        this.keyTypes = node.partition().stream().map(input::type).toList();
        this.keyRows = new KeyRows(keyTypes);
        this.keys = KeyTable.of(keyTypes);
        this.order = new PartitionOrder(node.order(), input.size());
        List<MatchFrame> frames = new ArrayList<>(node.conditions());
        frames.add(node.measures());
        this.back = frames.stream().mapToInt(MatchFrame::back).max().orElse(0);
        this.numbered = frames.stream()
                .flatMap(frame -> frame.values().stream())
                .anyMatch(MatchValue.MatchNumber.class::isInstance);
        this.pending = new PendingRows(input);
        this.store = new RowStore(input);
        this.history = new MatchHistory(HistoryConditions.sets(node));
        this.rowConditions = new RowConditions(node, store, compiler);
        this.historyConditions = new HistoryConditions(node, history, store, compiler);
        this.output = new MatchOutput(node, history, store, compiler);
        this.search = new MatchSearch(node, history, historyConditions, store, output);
        this.snapshot = new MatchSnapshot(store, history);
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
        output.open(operatorContext.evaluation());
    }

    private OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    // Rows ----------------------------------------------------------------------------------------------------------

    @Override
    public void process(int input, Batch batch, Output out) {
        int[] early = new int[batch.size()];
        int count = 0;
        for (int row = 0; row < batch.size(); row++) {
            if (batch.rowtime()[row] > watermark) {
                early[count++] = row;
            } else {
                late.add(row);
            }
        }
        if (count == batch.size()) {
            pending.add(batch);
            return;
        }
        late.send(0, batch, context(), out);
        pending.add(batch.gather(early, count));
    }

    @Override
    public void watermark(long time, Output out) {
        if (time <= watermark) {
            return;
        }
        search.begin(time, watermark);
        Batch released = pending.release(time);
        if (released != null) {
            admit(released);
        }
        while (!timers.isEmpty() && timers.peek().time() <= time) {
            Timer timer = timers.poll();
            if (timer.partition().timer == timer.time()) {
                timer.partition().timer = Long.MAX_VALUE;
                list(timer.partition());
            }
        }
        if (time == Long.MAX_VALUE) {
            for (int id : keys.ids()) {
                list(Objects.requireNonNull(partitions[id]));
            }
        }
        judgeRows();
        search(out);
        output.flush(out);
        watermark = time;
        tidy();
    }

    private void list(MatchPartition partition) {
        if (!partition.listed) {
            partition.listed = true;
            round.add(partition);
        }
    }

    /** Adds rows to their partitions. */
    private void admit(Batch released) {
        int size = released.size();
        if (ids.length < size) {
            ids = new int[size];
        }
        keyRows.load(released, node.partition());
        keys.lookup(keyRows, Rows.first(size), size, ids);
        if (partitions.length < keys.limit()) {
            partitions = Arrays.copyOf(partitions, Math.max(keys.limit(), partitions.length * 2));
        }
        int[] sorted = order.sort(released, ids, keys.limit());
        for (int from = 0; from < size; from += RowStore.CHUNK_ROWS) {
            int count = Math.min(RowStore.CHUNK_ROWS, size - from);
            int[] rows = Arrays.copyOfRange(sorted, from, from + count);
            int[] owners = new int[count];
            int[] sequences = new int[count];
            MatchPartition[] added = new MatchPartition[count];
            long next = 0;
            for (int i = 0; i < count; i++) {
                owners[i] = ids[rows[i]];
                added[i] = partition(owners[i]);
                next = i > 0 && owners[i - 1] == owners[i] ? next + 1 : added[i].end();
                sequences[i] = (int) next;
            }
            int handle = store.add(released.gather(rows, count), owners, sequences);
            for (int i = 0; i < count; i++) {
                added[i].add(handle + i);
            }
        }
    }

    private MatchPartition partition(int id) {
        MatchPartition partition = partitions[id];
        if (partition == null) {
            partition = new MatchPartition(id);
            partitions[id] = partition;
        }
        list(partition);
        return partition;
    }

    // Search --------------------------------------------------------------------------------------------------------

    /** Finds the variables that rows can have, for all rows that can be looked at. */
    private void judgeRows() {
        List<MatchPartition> owners = new ArrayList<>();
        Longs rows = new Longs();
        for (MatchPartition partition : round) {
            long ready = search.ready(partition);
            for (long row = Math.max(partition.known, partition.first()); row < ready; row++) {
                owners.add(partition);
                rows.add(row);
                if (rows.size() == Batch.TARGET_ROWS) {
                    rowConditions.evaluate(owners, rows, context().evaluation());
                    owners.clear();
                    rows.clear();
                }
            }
            partition.known = Math.max(partition.known, ready);
        }
        if (rows.size() > 0) {
            rowConditions.evaluate(owners, rows, context().evaluation());
        }
    }

    private void search(Output out) {
        List<MatchPartition> active = round;
        while (!active.isEmpty()) {
            List<MatchPartition> waiting = new ArrayList<>();
            for (MatchPartition partition : active) {
                if (search.advance(partition)) {
                    waiting.add(partition);
                }
                if (output.isFull()) {
                    output.flush(out);
                }
            }
            if (!waiting.isEmpty()) {
                historyConditions.evaluate(context().evaluation());
            }
            active = waiting;
        }
    }

    /** Forgets what is no longer needed. */
    private void tidy() {
        int[] removed = new int[round.size()];
        int count = 0;
        for (MatchPartition partition : round) {
            partition.listed = false;
            partition.trim(Math.min(partition.end(), Math.max(partition.first(), partition.start - back)), store);
            setTimer(partition);
            if (!partition.open && partition.size() == 0 && !numbered && !node.atStart()) {
                partitions[partition.id] = null;
                removed[count++] = partition.id;
            }
        }
        keys.remove(removed, count);
        round = new ArrayList<>();
        store.compact((owner, sequence, handle) ->
                Objects.requireNonNull(partitions[owner]).moved(sequence, handle));
    }

    private void setTimer(MatchPartition partition) {
        long time = search.timer(partition);
        if (time == Long.MAX_VALUE || time <= watermark) {
            partition.timer = Long.MAX_VALUE;
        } else if (time != partition.timer) {
            partition.timer = time;
            timers.add(new Timer(time, partition));
        }
    }

    @Override
    public long stateBytes() {
        return keys.bytes()
                + pending.bytes()
                + store.bytes()
                + history.bytes()
                + HeapSize.of(partitions, MatchPartition::bytes)
                + (long) timers.size() * TIMER;
    }

    @Override
    public void finish(Output out) {
        watermark(Long.MAX_VALUE, out);
    }

    // State ---------------------------------------------------------------------------------------------------------

    @Override
    public void snapshot(StateWriter writer) {
        KeyGroupRange range = context().keyGroups();
        int max = context().maxParallelism();
        KeyGroupIndex index = KeyGroupIndex.of(keys, range, max);
        Batch waiting = pending.all();
        List<Ints> waitingRows = new ArrayList<>();
        for (int keyGroup = range.first(); keyGroup <= range.last(); keyGroup++) {
            waitingRows.add(new Ints());
        }
        if (waiting != null) {
            long[] hashes = new long[waiting.size()];
            KeyHasher.hash(waiting, node.partition(), hashes);
            int elsewhere = KeyGroupIndex.withoutKey(range, max);
            for (int row = 0; row < waiting.size(); row++) {
                int keyGroup = KeyGroups.keyGroup(hashes[row], max);
                waitingRows
                        .get((range.contains(keyGroup) ? keyGroup : elsewhere) - range.first())
                        .add(row);
            }
        }
        for (int keyGroup = range.first(); keyGroup <= range.last(); keyGroup++) {
            int[] partitionIds = index.ids(keyGroup);
            Ints rows = waitingRows.get(keyGroup - range.first());
            writer.keyGroup(keyGroup, out -> {
                out.writeLong(watermark);
                out.writeBoolean(rows.size() > 0);
                if (rows.size() > 0) {
                    BatchCodec.write(Objects.requireNonNull(waiting).gather(rows.values(), rows.size()), out);
                }
                write(partitionIds, out);
            });
        }
    }

    private void write(int[] partitionIds, DataOutput out) throws IOException {
        int count = partitionIds.length;
        out.writeInt(count);
        if (count == 0) {
            return;
        }
        BatchCodec.write(new Batch(count, keys.columns(partitionIds, count), new long[count], null), out);
        for (int id : partitionIds) {
            snapshot.write(Objects.requireNonNull(partitions[id]), out);
        }
    }

    @Override
    public void restore(StateReader reader) {
        long[] slowest = {Long.MAX_VALUE};
        boolean[] any = {false};
        reader.forEachKeyGroup((keyGroup, in) -> {
            any[0] = true;
            slowest[0] = Math.min(slowest[0], in.readLong());
            if (in.readBoolean()) {
                pending.add(BatchCodec.read(in));
            }
            read(in);
        });
        if (any[0]) {
            watermark = slowest[0];
            for (int id : keys.ids()) {
                setTimer(Objects.requireNonNull(partitions[id]));
            }
        }
    }

    private void read(DataInput in) throws IOException {
        int count = in.readInt();
        if (count == 0) {
            return;
        }
        Batch saved = BatchCodec.read(in);
        keyRows.load(saved.columns(), count);
        int[] restored = new int[count];
        keys.lookup(keyRows, Rows.first(count), count, restored);
        if (partitions.length < keys.limit()) {
            partitions = Arrays.copyOf(partitions, Math.max(keys.limit(), partitions.length * 2));
        }
        for (int id : restored) {
            MatchPartition partition = new MatchPartition(id);
            partitions[id] = partition;
            int[] entries = snapshot.read(partition, in);
            historyConditions.restored(partition, entries, context().evaluation());
        }
    }
}
