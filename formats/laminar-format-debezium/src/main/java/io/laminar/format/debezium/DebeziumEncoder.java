package io.laminar.format.debezium;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.format.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes changes: +I as c, -D as d, and a -U with the +U right after it as one u. A +U without its -U is a c and a -U
 * without its +U is a d, which come to the same.
 */
final class DebeziumEncoder implements RecordEncoder {
    private static final byte[] OPS = "cud".getBytes(StandardCharsets.US_ASCII);
    private static final int CREATE = 0;
    private static final int UPDATE = 1;
    private static final int DELETE = 2;

    private final RecordEncoder json;

    /** @param json writes changes, with their schema if the table wants it */
    DebeziumEncoder(RecordEncoder json) {
        this.json = json;
    }

    @Override
    public void encode(Batch batch, Slice out) {
        json.encode(changes(batch, 0, batch.size()), out);
    }

    /** The row as a change of its own; an update as the creation of what it leads to. */
    @Override
    public void encodeMessage(Batch batch, int row, Slice out) {
        json.encodeMessage(changes(batch, row, row + 1), 0, out);
    }

    @Override
    public void encodeMessages(Batch batch, Slice scratch, Messages out) {
        int[] rows = new int[batch.size()];
        Batch changes = changes(batch, 0, batch.size(), rows);
        json.encodeMessages(changes, scratch, (change, bytes) -> out.message(rows[change], bytes));
    }

    private static Batch changes(Batch batch, int from, int to) {
        return changes(batch, from, to, new int[to - from]);
    }

    /**
     * The rows {@code [from, to)} as changes: columns of rows before, rows after and operations.
     *
     * @param rows is set to the row that each change leads to, or that it deletes
     */
    private static Batch changes(Batch batch, int from, int to, int[] rows) {
        int[] before = new int[to - from];
        int[] after = new int[to - from];
        int[] ops = new int[to - from];
        boolean[] noBefore = new boolean[to - from];
        boolean[] noAfter = new boolean[to - from];
        int count = 0;
        for (int row = from; row < to; row++) {
            byte kind = batch.kind(row);
            boolean pair = kind == RowKind.UPDATE_BEFORE && row + 1 < to && batch.kind(row + 1) == RowKind.UPDATE_AFTER;
            before[count] = row;
            after[count] = pair ? row + 1 : row;
            ops[count] = pair ? UPDATE : RowKind.isRetraction(kind) ? DELETE : CREATE;
            noBefore[count] = ops[count] == CREATE;
            noAfter[count] = ops[count] == DELETE;
            rows[count] = after[count];
            count++;
            row += pair ? 1 : 0;
        }
        int[] one = new int[count];
        Arrays.fill(one, 1);
        Column[] columns = {
            rows(batch, before, noBefore, count),
            rows(batch, after, noAfter, count),
            new BytesColumn(OPS, Arrays.copyOf(ops, count), one, null, count)
        };
        return new Batch(count, columns, new long[count], null);
    }

    private static StructColumn rows(Batch batch, int[] selection, boolean[] absent, int count) {
        List<Column> members = new ArrayList<>(batch.width());
        for (Column column : batch.columns()) {
            members.add(column.gather(selection, count));
        }
        return new StructColumn(members, Arrays.copyOf(absent, count), count);
    }
}
