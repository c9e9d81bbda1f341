package io.laminar.format.parquet;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.SourceFilter;
import io.laminar.spi.type.Schema;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Which row groups have nothing that is wanted. Where watermarks count, only those of which the latest time is known. */
final class RowGroupFilter {
    private final Schema schema;
    private final MessageType file;
    private final SourceFilter filter;
    private final int time;

    /** @param file the columns of the schema, in its order, as the file has them */
    RowGroupFilter(Schema schema, MessageType file, SourceFilter filter) {
        this.schema = schema;
        this.file = file;
        this.filter = filter;
        this.time = filter.timeColumn() == null ? -1 : schema.indexOf(filter.timeColumn());
    }

    boolean skips(BlockMetaData group) {
        for (ColumnCondition condition : filter.conditions()) {
            ColumnStatistics statistics = statistics(group, schema.indexOf(condition.column()));
            if (statistics != null && !statistics.mayHold(condition)) {
                return time < 0 || latest(group) != null;
            }
        }
        return false;
    }

    /** The latest time of the rows in a group; null if it is not known. */
    private @Nullable Long latest(BlockMetaData group) {
        ColumnStatistics statistics = statistics(group, time);
        return statistics != null && statistics.greatest() instanceof Long known ? known : null;
    }

    private @Nullable ColumnStatistics statistics(BlockMetaData group, int column) {
        if (column < 0 || !file.getType(column).isPrimitive()) {
            return null;
        }
        ColumnDescriptor descriptor = file.getColumnDescription(new String[] {file.getFieldName(column)});
        for (ColumnChunkMetaData chunk : group.getColumns()) {
            if (List.of(chunk.getPath().toArray()).equals(List.of(descriptor.getPath()))) {
                return new ColumnStatistics(schema.type(column), chunk);
            }
        }
        return null;
    }

    /** How far time went in groups that were skipped, where watermarks count; otherwise null. */
    @Nullable
    Batch skipped(List<BlockMetaData> groups) {
        if (!filter.timed() || groups.isEmpty()) {
            return null;
        }
        long latest = Long.MIN_VALUE;
        for (BlockMetaData group : groups) {
            Long known = time < 0 ? null : latest(group);
            latest = known == null ? latest : Math.max(latest, known);
        }
        BatchBuilder builder = new BatchBuilder(schema, 1);
        for (int i = 0; i < schema.size(); i++) {
            if (i == time) {
                ((LongBuilder) builder.column(i)).append(latest);
            } else {
                builder.column(i).appendNull();
            }
        }
        builder.endRow(0);
        return builder.build(Batch.Lane.SKIPPED);
    }
}
