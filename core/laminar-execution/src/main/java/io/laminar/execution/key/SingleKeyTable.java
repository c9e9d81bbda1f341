package io.laminar.execution.key;

import io.laminar.spi.batch.Column;
import java.util.Arrays;

/** The table of a grouping without columns: one key, or none while there is no row. */
final class SingleKeyTable extends KeyTable {
    private static final Column[] NONE = new Column[0];

    @Override
    public void lookup(KeyRows keys, int[] rows, int count, int[] ids) {
        if (count > 0 && size() == 0) {
            claim(-1);
        }
        Arrays.fill(ids, 0, count, 0);
    }

    @Override
    public void find(KeyRows keys, int[] rows, int count, int[] ids) {
        Arrays.fill(ids, 0, count, size() == 0 ? ABSENT : 0);
    }

    @Override
    public Column[] columns(int[] ids, int count) {
        return NONE;
    }

    @Override
    public long hash(int id) {
        return KeyHasher.start();
    }

    @Override
    protected void reserve(int count) {}

    @Override
    protected void cleared() {}

    @Override
    protected void unlink(int id) {}

    @Override
    protected long keyBytes() {
        return 0;
    }
}
