package io.laminar.execution.lookup;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.store.RowLists;
import io.laminar.execution.store.RowStore;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.lookup.WholeTable;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** All rows of a small table, read again when it has changed. */
final class WholeRows implements LookupRows {
    private static final CompletableFuture<?> ANSWERED = CompletableFuture.completedFuture(null);

    private final WholeTable table;
    private final Schema schema;
    private final List<Integer> keyColumns;
    private final List<DataType> keyTypes;
    private final long ttl;

    private KeyTable keys;
    private RowStore rows;
    private RowLists lists = new RowLists();
    private int absent;
    private boolean loaded;
    private long version;
    private long checkAt;

    /** @param ttl microseconds after which the table is looked at again */
    WholeRows(WholeTable table, Schema schema, List<Integer> keyColumns, long ttl) {
        this.table = table;
        this.schema = schema;
        this.keyColumns = keyColumns;
        this.keyTypes = keyColumns.stream().map(schema::type).toList();
        this.ttl = ttl;
        this.keys = KeyTable.of(keyTypes);
        this.rows = new RowStore(schema);
    }

    @Override
    public CompletableFuture<?> ask(KeyRows wanted, int[] selected, int count, int[] ids, long now) {
        if (!loaded || now >= checkAt) {
            long current = table.version();
            if (!loaded || current != version) {
                load();
                version = current;
            }
            checkAt = now + ttl;
        }
        keys.find(wanted, selected, count, ids);
        return ANSWERED;
    }

    @Override
    public void answer() {}

    private void load() {
        keys = KeyTable.of(keyTypes);
        rows = new RowStore(schema);
        absent = AbsentRow.addTo(rows, schema);
        lists = new RowLists();
        KeyRows batchKeys = new KeyRows(keyTypes);
        table.read(batch -> add(batch, batchKeys));
        loaded = true;
    }

    private void add(Batch batch, KeyRows batchKeys) {
        int count = batch.size();
        int[] keyIds = new int[count];
        int[] rowIds = new int[count];
        int[] all = Rows.first(count);
        batchKeys.load(batch, keyColumns);
        keys.lookup(batchKeys, all, count, keyIds);
        rows.add(batch, all, count, rowIds);
        lists.reserve(keys.limit(), rows.limit());
        for (int i = 0; i < count; i++) {
            lists.add(keyIds[i], rowIds[i]);
        }
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
        table.close();
    }
}
