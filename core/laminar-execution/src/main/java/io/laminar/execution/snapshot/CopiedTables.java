package io.laminar.execution.snapshot;

import io.laminar.execution.state.CopiedState;
import io.laminar.execution.state.HeldTable;
import io.laminar.execution.state.StateTable;
import io.laminar.spi.batch.Batch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What the operator's thread has copied and a background thread has not written yet. */
final class CopiedTables implements CopiedState {
    /** Bytes in memory above which copying waits; rows that are about to change are copied all the same. */
    private static final long MOST_BYTES =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    /** Writes something copied. */
    private interface Piece {
        void write(TableWriter writer) throws IOException;
    }

    private record Waiting(long bytes, Piece piece) {}

    private final Deque<Waiting> pieces = new ArrayDeque<>();
    private long bytes;
    private boolean ended;
    private boolean dropped;
    private boolean full;
    private @Nullable Runnable whenRoom;

    @Override
    public void rows(StateTable table, int store, int[] ids, Batch rows) {
        add(BatchSize.of(rows), writer -> writer.rows(table, store, ids, rows));
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
        full = bytes > MOST_BYTES && !dropped;
        return !full;
    }

    synchronized void whenRoom(Runnable call) {
        whenRoom = call;
    }

    synchronized void drop() {
        dropped = true;
        pieces.clear();
        bytes = 0;
        notifyAll();
    }

    /** Writes everything, waiting for what has still to be copied. */
    void write(TableWriter writer) throws IOException, InterruptedException {
        for (Waiting next = next(); next != null; next = next()) {
            next.piece().write(writer);
            written(next.bytes());
        }
    }

    private synchronized @Nullable Waiting next() throws InterruptedException {
        while (pieces.isEmpty() && !ended && !dropped) {
            wait();
        }
        if (dropped) {
            throw new CancellationException("the snapshot has been given up");
        }
        return pieces.poll();
    }

    private void written(long size) {
        Runnable call = null;
        synchronized (this) {
            bytes -= size;
            if (full && bytes < MOST_BYTES / 2) {
                full = false;
                call = whenRoom;
            }
        }
        if (call != null) {
            call.run();
        }
    }
}
