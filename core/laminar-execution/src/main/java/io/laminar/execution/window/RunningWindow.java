package io.laminar.execution.window;

import io.laminar.execution.aggregate.GroupStates;
import io.laminar.execution.aggregate.Groups;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.Output;
import io.laminar.execution.window.SlidingWindows.Pane;
import io.laminar.spi.batch.Batch;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The combination of the panes of the window that closes next.
 *
 * <p>If all calls can subtract, panes are added when they enter and subtracted when they leave. Otherwise there are two
 * parts, as in a queue made of two stacks: the back combines the panes that entered last. The front has, for every pane
 * and each of its keys, the combination of this pane and all later ones of the front; when the first pane leaves, each
 * of its keys moves on to its next entry. A window is front and back together. When the first pane is to leave and the
 * front is empty, all panes become the front. Either way a pane's key is touched a fixed number of times, however many
 * windows share the pane.
 */
final class RunningWindow {
    private static final int NONE = -1;

    private final WindowContext context;
    private final boolean subtracts;
    private final KeyRows keys;
    /** All keys; with the whole combination or that of the back. */
    private final Groups back;
    /** By group of {@link #back}: how many panes have the key. */
    private int[] paneCounts = new int[0];

    private final GroupStates front;
    private int frontSize;
    /** By group of {@link #back}: the key's first entry in the front. */
    private int[] firstEntry = new int[0];
    /** By entry: the same key's entry of a later pane. */
    private int[] nextEntry = new int[0];
    /** Whether rows came into a pane of the front after it had been combined. */
    private boolean frontIsStale;

    private final GroupStates combined;

    RunningWindow(WindowContext context) {
        this.context = context;
        this.keys = context.newKeyRows();
        this.back = new Groups(context.newKeyTable(), context::newStates);
        this.front = context.newStates();
        this.combined = context.newStates();
        this.subtracts = front.subtracts();
    }

    /** Takes a pane in. */
    void enter(Pane pane) {
        pane.running(true);
        int[] groups = follow(pane);
        back.states().merge(pane.groups().states(), pane.ids(), groups, pane.runningCount());
    }

    /** Takes in rows that came into a pane of the running window after it had entered. */
    void addLate(Pane pane, Batch batch, KeyRows batchKeys, int[] rows, int count) {
        follow(pane);
        if (pane.inFront()) {
            frontIsStale = true;
        } else {
            back.apply(batch, batchKeys, rows, count);
        }
    }

    /** Finds the groups that a pane's new keys have here. */
    private int[] follow(Pane pane) {
        int known = pane.runningCount();
        int limit = pane.groups().keys().limit();
        int[] ids = pane.runningIds();
        if (limit > known) {
            int added = limit - known;
            int[] newIds = Arrays.copyOfRange(pane.ids(), known, limit);
            keys.load(pane.groups().keys().columns(newIds, added), added);
            int[] found = back.find(keys, Rows.first(added), added);
            reserve(back.keys().limit());
            if (ids.length < limit) {
                ids = Arrays.copyOf(ids, known == 0 ? limit : Capacity.grown(limit));
            }
            for (int i = 0; i < added; i++) {
                ids[known + i] = found[i];
                paneCounts[found[i]]++;
            }
        }
        pane.runningIds(ids, limit);
        return ids;
    }

    private void reserve(int groups) {
        int before = paneCounts.length;
        if (before < groups) {
            paneCounts = Arrays.copyOf(paneCounts, Capacity.grown(groups));
            firstEntry = Arrays.copyOf(firstEntry, paneCounts.length);
            Arrays.fill(firstEntry, before, firstEntry.length, NONE);
        }
    }

    /** Brings the combination up to date. */
    void settle(Collection<Pane> lastToFirst) {
        if (frontIsStale) {
            moveToFront(lastToFirst);
        }
    }

    /**
     * Lets panes go, which are the first ones.
     *
     * @param lastToFirst the panes that remain, from the last to the first, whether taken in or not
     */
    void leave(List<Pane> panes, Collection<Pane> lastToFirst) {
        List<Pane> leaving = panes.stream().filter(Pane::isRunning).toList();
        if (leaving.isEmpty()) {
            return;
        }
        if (lastToFirst.stream().noneMatch(Pane::isRunning)) {
            clear();
            return;
        }
        for (Pane pane : leaving) {
            if (subtracts) {
                back.states().subtract(pane.groups().states(), pane.ids(), pane.runningIds(), pane.runningCount());
            } else if (pane.inFront()) {
                advanceFront(pane);
            }
        }
        boolean withBack = leaving.stream().anyMatch(pane -> !pane.inFront());
        forget(leaving);
        if (!subtracts && withBack) {
            moveToFront(lastToFirst);
        } else if (lastToFirst.stream().noneMatch(pane -> pane.isRunning() && pane.inFront())) {
            front.clearAll(frontSize);
            frontSize = 0;
            frontIsStale = false;
        }
    }

    private void advanceFront(Pane pane) {
        int[] groups = pane.runningIds();
        int base = pane.frontBase();
        for (int i = 0; i < pane.runningCount(); i++) {
            firstEntry[groups[i]] = nextEntry[base + i];
        }
    }

    /** Removes keys that no pane has any more. */
    private void forget(List<Pane> leaving) {
        int total = leaving.stream().mapToInt(Pane::runningCount).sum();
        int[] gone = new int[total];
        int count = 0;
        for (Pane pane : leaving) {
            int[] groups = pane.runningIds();
            for (int i = 0; i < pane.runningCount(); i++) {
                if (--paneCounts[groups[i]] == 0) {
                    gone[count++] = groups[i];
                    firstEntry[groups[i]] = NONE;
                }
            }
        }
        if (count > 0) {
            back.remove(gone, count);
        }
    }

    private void clear() {
        int limit = back.keys().limit();
        Arrays.fill(paneCounts, 0, limit, 0);
        Arrays.fill(firstEntry, 0, limit, NONE);
        back.clear();
        front.clearAll(frontSize);
        frontSize = 0;
        frontIsStale = false;
    }

    /** Makes the front of all panes taken in; the back is empty afterwards. */
    private void moveToFront(Collection<Pane> lastToFirst) {
        int limit = back.keys().limit();
        back.states().clearAll(limit);
        front.clearAll(frontSize);
        Arrays.fill(firstEntry, 0, limit, NONE);
        frontSize = 0;
        frontIsStale = false;
        for (Pane pane : lastToFirst) {
            if (pane.isRunning()) {
                pushFront(pane);
            }
        }
    }

    private void pushFront(Pane pane) {
        int count = pane.runningCount();
        int base = frontSize;
        frontSize += count;
        front.reserve(frontSize);
        if (nextEntry.length < frontSize) {
            nextEntry = Arrays.copyOf(nextEntry, Capacity.grown(frontSize));
        }
        pane.front(true, base);
        int[] entries = new int[count];
        int[] targets = new int[count];
        int[] later = new int[count];
        int shared = 0;
        int[] groups = pane.runningIds();
        for (int i = 0; i < count; i++) {
            int entry = base + i;
            int next = firstEntry[groups[i]];
            entries[i] = entry;
            nextEntry[entry] = next;
            firstEntry[groups[i]] = entry;
            if (next != NONE) {
                targets[shared] = entry;
                later[shared++] = next;
            }
        }
        front.merge(pane.groups().states(), pane.ids(), entries, count);
        front.merge(front, later, targets, shared);
    }

    /** Emits the window. */
    void emit(long start, long end, Output out) {
        int[] ids = back.keys().ids();
        if (subtracts || frontSize == 0) {
            WindowEmitter.emit(back.keys(), back.states(), context.retracts(), ids, start, end, out);
            return;
        }
        for (int from = 0; from < ids.length; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, ids.length - from);
            emitCombined(Arrays.copyOfRange(ids, from, from + count), count, start, end, out);
        }
    }

    private void emitCombined(int[] ids, int count, long start, long end, Output out) {
        combined.reserve(count);
        int[] targets = new int[count];
        int[] entries = new int[count];
        int inFront = 0;
        for (int i = 0; i < count; i++) {
            int entry = firstEntry[ids[i]];
            if (entry != NONE) {
                targets[inFront] = i;
                entries[inFront++] = entry;
            }
        }
        combined.merge(front, entries, targets, inFront);
        combined.merge(back.states(), ids, Rows.first(count), count);
        int[] kept = Rows.first(count);
        int keptCount = count;
        int[] keptIds = ids;
        if (context.retracts()) {
            kept = java.util.stream.IntStream.range(0, count)
                    .filter(i -> combined.rows(i) > 0)
                    .toArray();
            keptCount = kept.length;
            keptIds = new int[keptCount];
            for (int i = 0; i < keptCount; i++) {
                keptIds[i] = ids[kept[i]];
            }
        }
        if (keptCount > 0) {
            out.emit(WindowEmitter.batch(
                    back.keys().columns(keptIds, keptCount), combined.results(kept, keptCount), keptCount, start, end));
        }
        combined.clearAll(count);
    }

    /** Heap that this takes, nearly. */
    long bytes() {
        return back.bytes()
                + front.bytes()
                + combined.bytes()
                + HeapSize.of(paneCounts)
                + HeapSize.of(firstEntry)
                + HeapSize.of(nextEntry);
    }
}
