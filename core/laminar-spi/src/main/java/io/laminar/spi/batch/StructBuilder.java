package io.laminar.spi.batch;

import java.util.ArrayList;
import java.util.List;

/** Builds a {@link StructColumn}: append to every member, then call {@link #endStruct}. */
public final class StructBuilder extends ColumnBuilder {
    private final ColumnBuilder[] members;

    public StructBuilder(ColumnBuilder[] members) {
        this.members = members;
    }

    public int width() {
        return members.length;
    }

    public ColumnBuilder member(int index) {
        return members[index];
    }

    /** Makes a struct of the member values appended since the struct before; members left out become null. */
    public void endStruct() {
        size++;
        for (ColumnBuilder member : members) {
            if (member.size() < size) {
                member.appendNull();
            }
        }
    }

    @Override
    public void appendNull() {
        for (ColumnBuilder member : members) {
            member.truncate(size);
            member.appendNull();
        }
        markNull();
        size++;
    }

    @Override
    public void appendFrom(Column source, int row) {
        if (source.isNull(row)) {
            appendNull();
            return;
        }
        StructColumn structs = (StructColumn) source;
        for (int i = 0; i < members.length; i++) {
            members[i].appendFrom(structs.member(i), row);
        }
        size++;
    }

    @Override
    public void truncate(int rows) {
        truncateNulls(rows);
        size = Math.min(size, rows);
        for (ColumnBuilder member : members) {
            member.truncate(size);
        }
    }

    @Override
    public StructColumn build() {
        List<Column> columns = new ArrayList<>(members.length);
        for (ColumnBuilder member : members) {
            member.truncate(size);
            columns.add(member.build());
        }
        StructColumn column = new StructColumn(columns, takeNulls(), size);
        size = 0;
        return column;
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (ColumnBuilder member : members) {
            bytes += member.bytes();
        }
        return bytes;
    }
}
