package io.laminar.execution.snapshot;

import io.laminar.execution.state.CopiedState;
import io.laminar.execution.state.HeldTable;
import io.laminar.execution.state.StateTable;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.BatchEncoder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the operator's thread has copied and a background thread has not written yet. */
final class CopiedTables implements CopiedState {
    private static final long HEAP = Runtime.getRuntime().maxMemory();
    /** Bytes in memory above which copying waits; rows that are about to change are copied all the same. */
    static final long MOST_BYTES = Math.min(64L << 20, HEAP / 32);
    /** Bytes of all snapshots of the process. */
    private static final AtomicLong ALL_BYTES = new AtomicLong();

    private static final long MOST_OF_ALL = HEAP / 16;
    /** Bytes of rows for which a place elsewhere is not worth it. */
    private static final long SMALL = 1 << 8;

    /** Writes something copied. */
    private interface Piece {
        void write(TableWriter writer) throws IOException;
    }

    private record Waiting(long bytes, Piece piece) {}

    private final @Nullable Supplier<Overflow> elsewhere;
    private final long mostBytes;
    private final Deque<Waiting> pieces = new ArrayDeque<>();
    private long bytes;
    private boolean ended;
    private boolean dropped;
    private boolean full;
    private @Nullable Runnable whenRoom;
    private @Nullable Overflow overflow;

    /** @param elsewhere for rows that are too much for memory; null if they stay there */
    CopiedTables(@Nullable Supplier<Overflow> elsewhere, long mostBytes) {
        this.elsewhere = elsewhere;
        this.mostBytes = mostBytes;
    }

    @Override
    public void rows(StateTable table, int store, int[] ids, Batch rows) {
        long size = BatchSize.of(rows);
        Overflow to = overflow(size);
        if (to == null) {
            add(size, writer -> writer.rows(table, store, ids, rows));
            return;
        }
        BatchEncoder encoder = new BatchEncoder().put(rows);
        int length = encoder.length();
        try {
            long from = to.append(encoder.buffer(), length);
            add(
                    (long) Integer.BYTES * ids.length,
                    writer -> writer.rows(table, store, ids, BatchCodec.decode(to.read(from, length))));
        } catch (IOException e) {
            if (!isDropped()) {
                throw to.failed(e);
            }
        }
    }

    /** Where to put rows of this size; null for memory. */
    private synchronized @Nullable Overflow overflow(long size) {
        boolean fits = bytes + size <= 2 * mostBytes && ALL_BYTES.get() + size <= MOST_OF_ALL;
        if (elsewhere == null || fits || dropped || size < Math.min(SMALL, mostBytes)) {
            return null;
        }
        if (overflow == null) {
            overflow = elsewhere.get();
        }
        return overflow;
    }

    @Override
    public void gone(StateTable table, int store, int[] ids, int[] keyGroups) {
        add(2L * Integer.BYTES * ids.length, writer -> writer.gone(table, store, ids, keyGroups));
    }

    @Override
    public void held(HeldTable table, Batch rows) {
        add(BatchSize.of(rows), writer -> writer.held(table, rows));
    }

    private synchronized void add(long size, Piece piece) {
        if (!dropped) {
            pieces.add(new Waiting(size, piece));
            bytes += size;
            ALL_BYTES.addAndGet(size);
            notifyAll();
        }
    }

    @Override
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Whether more may be copied; if not, {@link #whenRoom} is called once that has changed. */
    synchronized boolean hasRoom() {
        full = bytes > mostBytes && !dropped;
        return !full;
    }

    synchronized void whenRoom(Runnable call) {
        whenRoom = call;
    }

    private synchronized boolean isDropped() {
        return dropped;
    }

    synchronized void drop() {
        dropped = true;
        pieces.forEach(piece -> ALL_BYTES.addAndGet(-piece.bytes()));
        pieces.clear();
        bytes = 0;
        close();
        notifyAll();
    }

    private synchronized void close() {
        if (overflow != null) {
            overflow.close();
            overflow = null;
        }
    }

    /** Writes everything, waiting for what has still to be copied. */
    void write(TableWriter writer) throws IOException, InterruptedException {
        for (Waiting next = next(); next != null; next = next()) {
            try {
                next.piece().write(writer);
            } catch (IOException e) {
                if (isDropped()) {
                    throw givenUp();
                }
                throw e;
            } finally {
                ALL_BYTES.addAndGet(-next.bytes());
            }
            written(next.bytes());
        }
        close();
    }

    private static CancellationException givenUp() {
        return new CancellationException("the snapshot has been given up");
    }

    private synchronized @Nullable Waiting next() throws InterruptedException {
        while (pieces.isEmpty() && !ended && !dropped) {
            wait();
        }
        if (dropped) {
            throw givenUp();
        }
        return pieces.poll();
    }

    private void written(long size) {
        Runnable call = null;
        synchronized (this) {
            bytes -= size;
            if (full && bytes < mostBytes / 2) {
                full = false;
                call = whenRoom;
            }
        }
        if (call != null) {
            call.run();
        }
    }
}
