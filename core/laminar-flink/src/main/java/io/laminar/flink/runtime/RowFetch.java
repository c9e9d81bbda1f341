package io.laminar.flink.runtime;

import io.laminar.flink.translate.RemoteLayout.ClientRows;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.streaming.api.operators.collect.CollectResultFetcher;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of one table of a remote job to this process as they come. The job waits for a client that is slower
 * than it. Rows since the last checkpoint come again when the job starts again from there.
 */
final class RowFetch {
    /** How long one request may take. */
    private static final long REQUEST_MILLIS = 30_000;

    private final Thread thread;
    private volatile @Nullable RuntimeException failure;

    private RowFetch(ClientRows rows, CollectResultFetcher<Batch> fetcher) {
        thread = new Thread(
                () -> {
                    try {
                        for (Batch batch = fetcher.next(); batch != null; batch = fetcher.next()) {
                            rows.sink().deliver(rows.table(), batch);
                        }
                    } catch (IOException e) {
                        failure = new UncheckedIOException(e);
                    } catch (RuntimeException e) {
                        failure = e;
                    }
                },
                "rows of " + rows.table().name());
        thread.setDaemon(true);
    }

    static RowFetch start(ClientRows rows, RemoteJobClient job) {
        CollectResultFetcher<Batch> fetcher =
                new CollectResultFetcher<>(new FetchedRows(), rows.uid(), rows.accumulator(), REQUEST_MILLIS);
        fetcher.setJobClient(job);
        RowFetch fetch = new RowFetch(rows, fetcher);
        fetch.thread.start();
        return fetch;
    }

    /**
     * Waits for the last rows of a job that has ended.
     *
     * @throws LaminarException if they could not be fetched
     */
    void finish() throws InterruptedException {
        thread.join();
        RuntimeException problem = failure;
        if (problem != null) {
            throw new LaminarException(
                    ErrorCode.JOB_FAILED,
                    "the last rows could not be fetched from the cluster: "
                            + Failures.of(problem).reason(),
                    null,
                    null,
                    problem);
        }
    }
}
