package io.laminar.spi.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Structs as one column per member, each as long as this column. Where the struct is null its members are null too, so
 * that reading a member never has to look at the struct.
 */
public final class StructColumn implements Column {
    private final List<Column> members;
    private final boolean @Nullable [] nulls;
    private final int size;

    public StructColumn(List<Column> members, boolean @Nullable [] nulls, int size) {
        this.members = List.copyOf(members);
        this.nulls = nulls;
        this.size = size;
    }

    public List<Column> members() {
        return members;
    }

    public Column member(int index) {
        return members.get(index);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean @Nullable [] nulls() {
        return nulls;
    }

    @Override
    public StructColumn gather(int[] selection, int count) {
        return new StructColumn(
                members.stream().map(m -> m.gather(selection, count)).toList(),
                Column.gatherNulls(nulls, selection, count),
                count);
    }

    @Override
    public StructColumn slice(int from, int count) {
        return new StructColumn(
                members.stream().map(m -> m.slice(from, count)).toList(), Column.sliceNulls(nulls, from, count), count);
    }

    @Override
    public long bytes() {
        return members.stream().mapToLong(Column::bytes).sum();
    }
}
