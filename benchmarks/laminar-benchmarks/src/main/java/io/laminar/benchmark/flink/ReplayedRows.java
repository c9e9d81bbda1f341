package io.laminar.benchmark.flink;

import org.apache.flink.table.data.RowData;

/** The rows that the source of the running Flink job replays; in one process there is no need to ship them. */
final class ReplayedRows {
    private static volatile RowData[] rows = new RowData[0];

    private ReplayedRows() {}

    static void set(RowData[] replacement) {
        rows = replacement;
    }

    static RowData[] get() {
        return rows;
    }
}
