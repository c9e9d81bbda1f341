package io.laminar.benchmark.state;

import io.laminar.benchmark.TemporaryFolder;
import io.laminar.benchmark.roofline.StandaloneContext;
import io.laminar.execution.Operators;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.snapshot.FrozenState;
import io.laminar.execution.snapshot.RestoredState;
import io.laminar.execution.snapshot.Reuse;
import io.laminar.execution.snapshot.StateIndex;
import io.laminar.execution.snapshot.StateSource;
import io.laminar.execution.snapshot.StateSources;
import io.laminar.flink.state.Lz4;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * What checkpoints of one subtask with about 1 GB of state cost: how long its thread is held up when one begins and by
 * each piece that is copied later, and how much is written after 1 % of the keys have changed.
 */
public final class CheckpointCost {
    public static final String NAME = "checkpoint";

    private static final int KEYS = 24_000_000;
    private static final int WARM_UP_KEYS = 200_000;
    private static final int WARM_UP_CHECKPOINTS = 100;
    private static final int PERCENT = 100;
    /** Odd and prime to the number of keys: its multiples pass through all keys in no order. */
    private static final long STEP = 7_368_787;

    private static final int ROUNDS = 5;
    private static final double NANOS_PER_MILLI = 1e6;

    private final int keys;
    private final StandaloneContext context = new StandaloneContext();
    private final Operator operator;
    private final StateSource source;
    private final FilesOnDisk files;
    private final ExecutorService background;
    private long snapshot;
    private long copyNanos;

    private CheckpointCost(int keys, FilesOnDisk files, ExecutorService background) {
        this.keys = keys;
        this.files = files;
        this.background = background;
        operator = Operators.builtin().create(BytesPerKey.NODE);
        operator.open(context);
        source = StateSources.of(operator, context);
    }

    /**
     * @param stateBytes of the operator
     * @param wholeSyncMillis the synchronous part of the first checkpoint, a whole one
     * @param syncMillis the longest synchronous part of the others
     * @param copyMillis the longest piece of copying
     * @param wholeBytes of a whole checkpoint
     * @param changedBytes of one after 1 % of the keys have changed
     * @param restoreSeconds to read all of it back, by one subtask
     */
    public record Result(
            long stateBytes,
            double wholeSyncMillis,
            double syncMillis,
            double copyMillis,
            long wholeBytes,
            long changedBytes,
            double restoreSeconds) {

        public double changedShare() {
            return (double) changedBytes / wholeBytes;
        }

        /** As a sentence of the results page. */
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "Checkpoints of `GROUP BY k`, %,d keys, %,d MB of state: the synchronous part takes **%.1f** ms at"
                            + " most, that of a whole one %.1f ms; a piece copied later %.1f ms at most. A whole one"
                            + " writes %,d MB, one after 1 %% of the keys have changed **%.2f %%** of that. One subtask reads"
                            + " all of it back in %.1f s.",
                    KEYS,
                    stateBytes >> 20,
                    syncMillis,
                    wholeSyncMillis,
                    copyMillis,
                    wholeBytes >> 20,
                    changedShare() * 100,
                    restoreSeconds);
        }
    }

    private record Taken(double syncMillis, long bytes, StateIndex index) {}

    /** Takes one whole checkpoint and then some of changes, when the code has been compiled. */
    public static Result measure() throws Exception {
        ExecutorService background = Executors.newSingleThreadExecutor();
        try (TemporaryFolder few = new TemporaryFolder();
                TemporaryFolder many = new TemporaryFolder()) {
            new CheckpointCost(WARM_UP_KEYS, new FilesOnDisk(few.path()), background).warmUp();
            return new CheckpointCost(KEYS, new FilesOnDisk(many.path()), background).run();
        } finally {
            background.shutdownNow();
        }
    }

    private void warmUp() throws Exception {
        feed(0, keys);
        for (int i = 0; i < WARM_UP_CHECKPOINTS; i++) {
            checkpoint(i % 2 == 0 ? Reuse.FORWARD : Reuse.BACKWARD_AND_FORWARD);
            feed(0, keys / PERCENT);
        }
        operator.close();
        for (int i = 0; i < WARM_UP_CHECKPOINTS / 10; i++) {
            restore(checkpoint(Reuse.FORWARD).index());
        }
    }

    /** Reads a checkpoint back into another operator; returns seconds. */
    private double restore(StateIndex index) {
        Operator other = Operators.builtin().create(BytesPerKey.NODE);
        other.open(context);
        long start = System.nanoTime();
        StateSources.of(other, context)
                .restore(new RestoredState(
                        context.keyGroups(), List.of(new RestoredState.Part(index, files)), List.of(), Lz4.INSTANCE));
        double seconds = (System.nanoTime() - start) / 1e9;
        other.close();
        return seconds;
    }

    private Result run() throws Exception {
        feed(0, keys);
        long stateBytes = operator.stateBytes();
        Taken whole = checkpoint(Reuse.BACKWARD_AND_FORWARD);
        double sync = 0;
        long changed = 0;
        StateIndex last = whole.index();
        for (int round = 1; round <= ROUNDS; round++) {
            feed(round * (keys / PERCENT), keys / PERCENT);
            Taken taken = checkpoint(Reuse.BACKWARD_AND_FORWARD);
            sync = Math.max(sync, taken.syncMillis());
            changed = Math.max(changed, taken.bytes());
            last = taken.index();
        }
        operator.close();
        return new Result(
                stateBytes,
                whole.syncMillis(),
                sync,
                copyNanos / NANOS_PER_MILLI,
                whole.bytes(),
                changed,
                restore(last));
    }

    private Taken checkpoint(Reuse reuse) throws Exception {
        files.count();
        long begin = System.nanoTime();
        operator.flush(out -> {});
        source.shared(true);
        FrozenState frozen = source.freeze(++snapshot, reuse);
        double sync = (System.nanoTime() - begin) / NANOS_PER_MILLI;
        Semaphore room = new Semaphore(0);
        frozen.whenRoom(room::release);
        Future<StateIndex> written = background.submit(() -> frozen.write(files, Lz4.INSTANCE));
        while (source.isCopying()) {
            long start = System.nanoTime();
            StateSource.Progress progress = source.copy();
            copyNanos = Math.max(copyNanos, System.nanoTime() - start);
            if (progress == StateSource.Progress.FULL) {
                room.acquire();
            }
        }
        StateIndex index = written.get();
        source.completed(snapshot);
        return new Taken(sync, files.count(), index);
    }

    private void feed(int from, int count) {
        for (int at = from; at < from + count; at += Batch.TARGET_ROWS) {
            operator.process(0, batch(at, Math.min(Batch.TARGET_ROWS, from + count - at)), out -> {});
            operator.tick(Long.MAX_VALUE, out -> {});
        }
    }

    private Batch batch(int from, int count) {
        long[] keys = new long[count];
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = (from + i) * STEP % this.keys;
            values[i] = i;
        }
        Column[] columns = {new LongColumn(keys, null, count), new LongColumn(values, null, count)};
        return new Batch(count, columns, new long[count], null);
    }
}
