package io.laminar.connector.console;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.table.TableDescriptor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a job has shown on a channel, the first or the last ones, for any number of readers. It takes rows as fast as
 * they come, whether somebody reads or not, and drops the others: batches are kept as they are, and become rows when they
 * are read. Any thread may call any method.
 */
public final class RowFeed implements AutoCloseable {
    private final String channel;
    private final int capacity;
    private final boolean keepsFirst;
    private final Map<String, FeedTable> tables = new LinkedHashMap<>();
    private final Deque<Shown> batches = new ArrayDeque<>();
    private long rows;
    private boolean ended;

    /** @param first number of the first row */
    private record Shown(long first, TableDescriptor table, Batch batch) {
        long last() {
            return first + batch.size() - 1;
        }

        FeedRow row(long number) {
            int index = (int) (number - first);
            List<@Nullable Object> values = new ArrayList<>(batch.width());
            for (int column = 0; column < batch.width(); column++) {
                values.add(JsonValues.read(table.schema().type(column), batch.column(column), index));
            }
            return new FeedRow(number, table.name(), RowKind.text(batch.kind(index)), values);
        }
    }

    /**
     * Rows of a feed.
     *
     * @param missed rows that were dropped before they could be read
     * @param next what to give to {@link #after} for the rows that follow
     * @param ended whether no more will come than those that are there
     */
    public record Page(List<FeedRow> rows, long missed, long next, boolean ended) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    private RowFeed(String channel, int capacity, boolean keepsFirst) {
        this.channel = channel;
        this.capacity = capacity;
        this.keepsFirst = keepsFirst;
    }

    /**
     * Begins to take what is shown on a channel and keeps the last of it; has to be before the job starts.
     *
     * @param capacity rows that are kept; at times one batch more
     */
    public static RowFeed open(String channel, int capacity) {
        return open(channel, capacity, false);
    }

    /** The same for the first rows; those that come later do not count. */
    public static RowFeed openFirst(String channel, int capacity) {
        return open(channel, capacity, true);
    }

    private static RowFeed open(String channel, int capacity, boolean keepsFirst) {
        RowFeed feed = new RowFeed(channel, capacity, keepsFirst);
        PreviewChannels.listen(channel, feed::add);
        return feed;
    }

    private synchronized void add(TableDescriptor table, Batch batch) {
        if (batch.size() == 0 || keepsFirst && rows >= capacity) {
            return;
        }
        tables.computeIfAbsent(table.name(), name -> FeedTable.of(table));
        batches.addLast(new Shown(rows + 1, table, batch));
        rows += batch.size();
        while (!keepsFirst && batches.size() > 1 && rows - batches.getFirst().last() >= capacity) {
            batches.removeFirst();
        }
        notifyAll();
    }

    /** The tables of which rows have come so far. */
    public synchronized List<FeedTable> tables() {
        return List.copyOf(tables.values());
    }

    /** How many rows have come and count. */
    public synchronized long rows() {
        return rows;
    }

    /** The rows after one that was read, or after 0, as far as they are there already. */
    public synchronized Page after(long number, int limit) {
        long first = batches.isEmpty() ? rows + 1 : batches.getFirst().first();
        long from = Math.max(number + 1, first);
        List<FeedRow> found = new ArrayList<>();
        for (Shown shown : batches) {
            for (long next = Math.max(from, shown.first()); next <= shown.last() && found.size() < limit; next++) {
                found.add(shown.row(next));
            }
        }
        long last = found.isEmpty()
                ? Math.max(number, from - 1)
                : found.get(found.size() - 1).number();
        return new Page(found, Math.max(0, from - number - 1), last, ended && last >= rows);
    }

    /** The same; waits for a row if there is none yet and the feed has not ended. */
    public synchronized Page await(long number, int limit, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (rows <= number && !ended) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return after(number, limit);
    }

    /** Says that the job has ended; what has come can still be read. */
    public synchronized void end() {
        if (!ended) {
            // The channel may be that of another feed by the second time.
            ended = true;
            PreviewChannels.leave(channel);
        }
        notifyAll();
    }

    /** Ends the feed and forgets its rows. */
    @Override
    public synchronized void close() {
        end();
        batches.clear();
    }

    /** The table of a name, once a row of it has come. */
    public synchronized Optional<FeedTable> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }
}
