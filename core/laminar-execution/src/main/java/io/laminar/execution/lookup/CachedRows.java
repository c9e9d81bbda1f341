package io.laminar.execution.lookup;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.lookup.LookupRequests.Requests;
import io.laminar.execution.store.RowLists;
import io.laminar.execution.store.RowStore;
import io.laminar.plan.node.LookupPolicy;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.lookup.KeyedTable;
import io.laminar.spi.lookup.LookupAnswer;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Answers of a table, kept for a time and up to a size. Keys without rows are kept too. What has not been used for longest
 * goes first.
 */
final class CachedRows implements LookupRows {
    /** What a key takes beside its rows, roughly. */
    private static final long BYTES_PER_KEY = 64;

    private final LookupRequests requests;
    private final KeyTable keys;
    private final RowStore rows;
    private final RowLists lists = new RowLists();
    private final int absent;
    private final LookupPolicy policy;

    /** By key: until when its answer is good, in microseconds; 0 for keys that have none. */
    private long[] goodUntil = new long[0];
    /** By key: the last question that needs it. */
    private long[] usedIn = new long[0];

    /** Questions so far. */
    private long asked;

    private final Queue<Question> questions = new ArrayDeque<>();
    private int[] missing = new int[0];

    /** Keys that one batch has asked for. */
    private record Question(long number, int[] keys, Requests requests) {}

    CachedRows(KeyedTable table, Schema schema, List<Integer> keyColumns, LookupPolicy policy) {
        List<DataType> keyTypes = keyColumns.stream().map(schema::type).toList();
        this.requests = new LookupRequests(table, policy);
        this.keys = KeyTable.of(keyTypes);
        this.rows = new RowStore(schema);
        this.absent = AbsentRow.addTo(rows, schema);
        this.policy = policy;
    }

    @Override
    public CompletableFuture<?> ask(KeyRows wanted, int[] selected, int count, int[] ids, long now) {
        asked++;
        keys.lookup(wanted, selected, count, ids);
        reserve();
        int absent = 0;
        for (int i = 0; i < count; i++) {
            int key = ids[i];
            if (usedIn[key] != asked) {
                usedIn[key] = asked;
                if (goodUntil[key] <= now) {
                    // Also good for questions before the answer comes: those are answered later than this one.
                    goodUntil[key] = now + policy.ttl();
                    missing[absent++] = key;
                }
            }
        }
        int[] unknown = Arrays.copyOf(missing, absent);
        Requests started = requests.start(keys.columns(unknown, absent), absent);
        questions.add(new Question(asked, unknown, started));
        return started.all();
    }

    @Override
    public void answer() {
        Question question = questions.remove();
        int[] wanted = question.keys();
        if (wanted.length > 0) {
            for (int key : wanted) {
                forgetRows(key);
            }
            question.requests().take((first, answer) -> add(answer, first, wanted));
            evict(question.number());
        }
    }

    private void reserve() {
        int limit = keys.limit();
        if (goodUntil.length < limit) {
            int capacity = Capacity.grown(limit);
            goodUntil = Arrays.copyOf(goodUntil, capacity);
            usedIn = Arrays.copyOf(usedIn, capacity);
            missing = Arrays.copyOf(missing, capacity);
        }
        lists.reserve(limit, rows.limit());
    }

    private void add(LookupAnswer answer, int first, int[] wanted) {
        Batch found = answer.rows();
        int count = found.size();
        int[] ids = new int[count];
        rows.add(found, Rows.first(count), count, ids);
        lists.reserve(keys.limit(), rows.limit());
        for (int i = 0; i < count; i++) {
            lists.add(wanted[first + answer.keys()[i]], ids[i]);
        }
    }

    private void forgetRows(int key) {
        int count = lists.count(key);
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = lists.first(key);
            lists.remove(ids[i]);
        }
        rows.remove(ids, count);
    }

    /**
     * Makes room again: what a question and those behind it need stays, of the rest the half that was not used for longest
     * goes.
     */
    private void evict(long question) {
        if (rows.bytes() + keys.size() * BYTES_PER_KEY <= policy.cacheBytes()) {
            return;
        }
        int[] unused =
                Arrays.stream(keys.ids()).filter(key -> usedIn[key] < question).toArray();
        long[] uses =
                Arrays.stream(unused).mapToLong(key -> usedIn[key]).sorted().toArray();
        if (uses.length == 0) {
            return;
        }
        long middle = uses[uses.length / 2];
        int[] old = Arrays.stream(unused).filter(key -> usedIn[key] <= middle).toArray();
        for (int key : old) {
            forgetRows(key);
            goodUntil[key] = 0;
            usedIn[key] = 0;
        }
        keys.remove(old, old.length);
    }

    @Override
    public RowStore rows() {
        return rows;
    }

    @Override
    public int absent() {
        return absent;
    }

    @Override
    public RowLists lists() {
        return lists;
    }

    @Override
    public void close() {
        requests.close();
    }
}
