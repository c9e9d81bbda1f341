package io.laminar.execution.join;

import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateTables;
import io.laminar.execution.store.RowAges;
import io.laminar.execution.store.RowInts;
import io.laminar.execution.store.RowLongs;
import io.laminar.plan.node.JoinParts;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.RowKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Left rows wait until the watermark has passed them; then the latest right row of their key up to their time is certain.
 * Of the right rows of a key those after the watermark are kept, and the last one before.
 *
 * <p>With a time to live, the last one before the watermark goes as well once it has been there for so long.
 *
 * <p>Right rows may be taken back. With a time of its own, a retraction ends what was valid before. With the time of the
 * row that it takes back, which says nothing about when that ended, the row counts as never there; unless a replacement
 * follows (-U, +U): then it was valid until then.
 */
final class LookBack implements TimeMatch {
    private static final int LEFT = 0;
    private static final int VALID = 0;
    /** Nothing is valid from the time of this row on. */
    private static final int ENDED = 1;
    /** Taken back; a replacement may follow. */
    private static final int REPLACED = 2;

    private static final int REMOVED = 3;

    private final JoinParts parts;
    private final SideRows left;
    private final SideRows right;
    private final PairWriter pairs;
    private final boolean orEqual;
    private final TimeQueue waiting = new TimeQueue();
    private final Timelines versions;
    private final RowInts states = new RowInts();
    /** Right rows in the order in which they came; of equal times the last one counts, also after a restart. */
    private final RowLongs arrivals = new RowLongs();

    private long arrived;
    /** Right rows by the time from which on nobody needs the earlier ones of their key. */
    private final TimeQueue settling = new TimeQueue();

    private final RowAges ages;
    private int[] keys = new int[Batch.TARGET_ROWS];
    private @Nullable OperatorContext context;

    /**
     * @param orEqual whether a right row of the same time counts
     * @param ttl microseconds for which the latest right row of a key is kept, of rows that only come; 0 for ever
     */
    LookBack(JoinParts parts, boolean orEqual, long ttl) {
        this.parts = parts;
        this.left = SideRows.left(parts);
        this.right = SideRows.right(parts);
        this.orEqual = orEqual;
        this.ages = new RowAges(ttl);
        this.versions = new Timelines(right.rows(), right.newKeyTable());
        this.pairs = new PairWriter(
                parts, left, right, (leftRows, rightRows, count) -> left.rows().rowtimes(leftRows, count));
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
        pairs.open(operatorContext);
    }

    @Override
    public void add(int input, Batch batch, long watermark, LateRows late) {
        if (input == LEFT) {
            addLeft(batch, watermark, late);
        } else {
            addRight(batch, watermark, late);
        }
    }

    private void addLeft(Batch batch, long watermark, LateRows late) {
        int[] timely = new int[batch.size()];
        int count = 0;
        for (int i = 0; i < timely.length; i++) {
            if (batch.rowtime()[i] > watermark) {
                timely[count++] = i;
            } else {
                late.add(i);
            }
        }
        int[] ids = left.add(batch, timely, count);
        for (int i = 0; i < count; i++) {
            waiting.add(batch.rowtime()[timely[i]], ids[i]);
        }
    }

    // Versions
    // ----------------------------------------------------------------------------------------------------------

    private void addRight(Batch batch, long watermark, LateRows late) {
        SideRows.Selection usable = stored(batch);
        int[] ids = right.added();
        RowIds unused = new RowIds();
        for (int i = 0; i < usable.count(); i++) {
            byte kind = batch.kind(usable.rows()[i]);
            boolean taken = RowKind.isRetraction(kind)
                    ? takeBack(keys[i], ids[i], kind == RowKind.UPDATE_BEFORE, watermark)
                    : addVersion(keys[i], ids[i], watermark);
            if (taken) {
                continue;
            }
            states.set(ids[i], REMOVED);
            unused.add(ids[i]);
            if (!RowKind.isRetraction(kind)) {
                late.add(usable.rows()[i]);
            }
        }
        right.remove(unused.ids(), unused.size());
    }

    /** Stores the rows of a batch that can match and finds their keys. */
    private SideRows.Selection stored(Batch batch) {
        Column[] columns = right.keyColumns(batch);
        right.load(columns, batch.size());
        SideRows.Selection usable = right.matchable(columns, Rows.first(batch.size()), batch.size());
        right.add(batch, usable.rows(), usable.count());
        if (keys.length < usable.count()) {
            keys = new int[usable.count()];
        }
        versions.keys().lookup(right.keys(), usable.rows(), usable.count(), keys);
        versions.reserve();
        states.reserve(right.rows().limit());
        arrivals.reserve(right.rows().limit());
        if (ages.isActive()) {
            OperatorContext surroundings = Objects.requireNonNull(context, "not open");
            ages.reserve(right.rows().limit());
            ages.touch(right.added(), usable.count(), surroundings.now());
            ages.schedule(surroundings);
        }
        return usable;
    }

    private boolean addVersion(int key, int row, long watermark) {
        int first = versions.first(key);
        if (first != Timelines.NONE && states.get(first) == REPLACED) {
            right.touch(first);
            states.set(first, VALID);
        }
        return link(key, row, VALID, watermark);
    }

    /** @return whether the row is kept, because something ends with it */
    private boolean takeBack(int key, int row, boolean replaced, long watermark) {
        long time = right.rows().rowtime(row);
        int known = versions.notLaterThan(key, time);
        if (known == Timelines.NONE || right.rows().rowtime(known) < time) {
            return link(key, row, ENDED, watermark);
        }
        if (states.get(known) != ENDED) {
            right.touch(known);
            states.set(known, replaced ? REPLACED : ENDED);
            settling.add(time, known);
        }
        return false;
    }

    /** @return false if a later row is before the watermark as well, so that nobody can need this one */
    private boolean link(int key, int row, int state, long watermark) {
        long time = right.rows().rowtime(row);
        int later = versions.laterThan(key, time);
        if (later != Timelines.NONE && right.rows().rowtime(later) <= watermark) {
            return false;
        }
        put(key, row, state, later);
        return true;
    }

    private void put(int key, int row, int state, int later) {
        versions.add(key, row, later);
        states.set(row, state);
        arrivals.set(row, arrived++);
        settling.add(right.rows().rowtime(row), row);
        if (later != Timelines.NONE) {
            settling.add(right.rows().rowtime(later), later);
        }
    }

    // Watermark
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public void advance(long before, long watermark, Output out) {
        RowIds due = new RowIds();
        waiting.poll(watermark, due);
        for (int from = 0; from < due.size(); from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, due.size() - from);
            match(due.ids(from, count), count, out);
        }
        settle(watermark);
    }

    @Override
    public void expire(long now, long watermark) {
        if (!ages.isActive()) {
            return;
        }
        RowIds gone = new RowIds();
        RowIds goneKeys = new RowIds();
        for (int row : ages.expired(right.rows(), now, Objects.requireNonNull(context, "not open"))) {
            // What the watermark has not passed is still to be settled, and of those before only the last is there.
            if (right.rows().rowtime(row) > watermark) {
                continue;
            }
            int key = versions.key(row);
            versions.detach(key, right.rows().rowtime(row));
            right.touch(row);
            states.set(row, REMOVED);
            gone.add(row);
            if (versions.first(key) == Timelines.NONE) {
                goneKeys.add(key);
            }
        }
        right.remove(gone.ids(), gone.size());
        versions.keys().remove(goneKeys.ids(), goneKeys.size());
    }

    private void match(int[] rows, int count, Output out) {
        Column[] columns = left.keyColumns(rows, count);
        left.load(columns, count);
        SideRows.Selection usable = left.matchable(columns, Rows.first(count), count);
        if (keys.length < count) {
            keys = new int[count];
        }
        versions.keys().find(left.keys(), usable.rows(), usable.count(), keys);
        for (int i = 0; i < usable.count(); i++) {
            int row = rows[usable.rows()[i]];
            long time = left.rows().rowtime(row);
            int version = keys[i] == KeyTable.ABSENT
                    ? Timelines.NONE
                    : versions.notLaterThan(keys[i], orEqual ? time : time - 1);
            if (version != Timelines.NONE && states.get(version) == VALID) {
                pairs.add(row, version, out);
            }
        }
        pairs.flush(out);
        if (parts.type().keepsLeft()) {
            RowIds alone = new RowIds();
            for (int i = 0; i < count; i++) {
                if (!left.isMatched(rows[i])) {
                    alone.add(rows[i]);
                }
            }
            pairs.emitLeft(alone.ids(), left.rows().rowtimes(alone.ids(), alone.size()), alone.size(), out);
        }
        left.remove(rows, count);
    }

    /** Forgets what no left row after the watermark can need. */
    private void settle(long watermark) {
        RowIds settled = new RowIds();
        settling.poll(watermark, settled);
        RowIds gone = new RowIds();
        RowIds goneKeys = new RowIds();
        for (int i = 0; i < settled.size(); i++) {
            int row = settled.get(i);
            if (states.get(row) == REMOVED) {
                continue;
            }
            for (int old = versions.detachBefore(row); old != Timelines.NONE; old = versions.detachBefore(old)) {
                right.touch(old);
                states.set(old, REMOVED);
                gone.add(old);
            }
            int key = versions.key(row);
            if (states.get(row) != VALID && versions.first(key) == row) {
                versions.detach(key, Long.MAX_VALUE);
                right.touch(row);
                states.set(row, REMOVED);
                gone.add(row);
                goneKeys.add(key);
            } else if (states.get(row) == REPLACED) {
                right.touch(row);
                states.set(row, ENDED);
            }
        }
        right.remove(gone.ids(), gone.size());
        versions.keys().remove(goneKeys.ids(), goneKeys.size());
    }

    // State
    // -------------------------------------------------------------------------------------------------------------

    @Override
    public void track(StateTables tables) {
        left.track(tables, copied -> addLeft(left.row(copied), Long.MIN_VALUE, new LateRows()));
        right.track(tables, this::restoreRight, this::known);
    }

    /** What is kept of right rows beside their columns: state, and when they came. */
    private Column[] known(int[] ids, int count) {
        int[] kept = new int[count];
        int[] stamps = new int[count];
        long[] came = new long[count];
        for (int i = 0; i < count; i++) {
            kept[i] = states.get(ids[i]);
            stamps[i] = ages.stamp(ids[i]);
            came[i] = arrivals.get(ids[i]);
        }
        return new Column[] {
            new IntColumn(kept, null, count), new IntColumn(stamps, null, count), new LongColumn(came, null, count)
        };
    }

    private void restoreRight(Batch copied) {
        int[] kept = right.extra(copied, 0);
        int[] stamps = right.extra(copied, 1);
        long[] came = ((LongColumn) copied.column(copied.width() - 1)).values();
        SideRows.Selection usable = stored(right.row(copied));
        for (int i = 0; i < usable.count(); i++) {
            int row = right.added()[i];
            int from = usable.rows()[i];
            long time = right.rows().rowtime(row);
            int later = Timelines.NONE;
            int at = versions.first(keys[i]);
            while (at != Timelines.NONE && isLater(at, time, came[from])) {
                later = at;
                at = versions.earlier(at);
            }
            put(keys[i], row, kept[from], later);
            ages.restore(row, stamps[from]);
            arrivals.set(row, came[from]);
            arrived = Math.max(arrived, came[from] + 1);
        }
    }

    private boolean isLater(int row, long time, long arrival) {
        long own = right.rows().rowtime(row);
        return own > time || own == time && arrivals.get(row) > arrival;
    }

    @Override
    public long bytes() {
        return left.bytes()
                + right.bytes()
                + waiting.bytes()
                + versions.bytes()
                + states.bytes()
                + arrivals.bytes()
                + settling.bytes()
                + ages.bytes();
    }
}
