package io.laminar.connector.jdbc.source;

import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Cuts the table once, and gives each reader the next split when it asks. */
final class ScanEnumerator implements SplitEnumerator<ScanSplit, ScanProgress> {
    private final Scan scan;
    private final SplitEnumeratorContext<ScanSplit> context;
    private final Set<Integer> asking = new TreeSet<>();
    private @Nullable ArrayDeque<ScanSplit> waiting;

    ScanEnumerator(Scan scan, SplitEnumeratorContext<ScanSplit> context, ScanProgress progress) {
        this.scan = scan;
        this.context = context;
        List<ScanSplit> left = progress.waiting();
        waiting = left == null ? null : new ArrayDeque<>(left);
    }

    @Override
    public void start() {
        if (waiting == null) {
            context.callAsync(scan::splits, this::begin);
        }
    }

    private void begin(@Nullable List<ScanSplit> splits, @Nullable Throwable failure) {
        if (failure instanceof SQLException e) {
            throw new LaminarException(
                    ErrorCode.SOURCE_FAILED,
                    "table '" + scan.name() + "' cannot be cut into parts: " + JdbcErrors.firstLine(e),
                    null,
                    null,
                    e);
        } else if (failure != null) {
            throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
        }
        waiting = new ArrayDeque<>(splits == null ? List.of() : splits);
        List.copyOf(asking).forEach(this::answer);
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        asking.add(subtask);
        answer(subtask);
    }

    private void answer(int subtask) {
        ArrayDeque<ScanSplit> known = waiting;
        if (known == null) {
            return;
        }
        asking.remove(subtask);
        if (!context.registeredReaders().containsKey(subtask)) {
            return;
        }
        ScanSplit next = known.poll();
        if (next == null) {
            context.signalNoMoreSplits(subtask);
        } else {
            context.assignSplit(next, subtask);
        }
    }

    @Override
    public void addSplitsBack(List<ScanSplit> splits, int subtask) {
        ArrayDeque<ScanSplit> known = waiting;
        if (known != null) {
            known.addAll(splits);
        }
    }

    @Override
    public void addReader(int subtask) {}

    @Override
    public ScanProgress snapshotState(long checkpoint) {
        ArrayDeque<ScanSplit> known = waiting;
        return new ScanProgress(known == null ? null : List.copyOf(known));
    }

    @Override
    public void close() {}
}
