package io.laminar.connector.jdbc.sink;

import io.laminar.connector.jdbc.sink.SinkSettings.Guarantee;
import io.laminar.spi.batch.Batch;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** Writes a batch when it is full, when its first row has waited long enough, and before a checkpoint. */
final class DirectWriter implements SinkWriter<Batch> {
    private final SinkSettings settings;
    private final ChangeBuffer buffer;
    private final RefusedRows refused;
    private final ChangeWriter changes;
    private final Retries retries;
    private final ProcessingTimeService timers;
    private final Counter sent;
    private final @Nullable WriterFence fence;
    private @Nullable OpenTable table;
    private @Nullable ScheduledFuture<?> timer;

    DirectWriter(SinkSettings settings, String owner, Waiting waiting, WriterInitContext context) {
        this.settings = settings;
        buffer = new ChangeBuffer(settings.schema(), settings.key(), settings.batchRows());
        refused = new RefusedRows(settings, context.metricGroup().counter(RefusedRows.COUNTER));
        changes = new ChangeWriter(Atomic.TRANSACTION, refused);
        retries = new Retries(settings.name(), settings.retryTimeout(), waiting);
        timers = context.getProcessingTimeService();
        sent = context.metricGroup().getNumRecordsSendCounter();
        // Rows that are only added may come twice anyway.
        boolean fenced =
                settings.guarantee() == Guarantee.UPSERT && settings.database().isPostgres();
        fence = fenced ? WriterFence.of(owner, settings, context) : null;
    }

    @Override
    public void write(Batch batch, Context context) throws InterruptedException {
        int from = 0;
        while (from < batch.size()) {
            from += buffer.add(batch, from);
            if (buffer.isFull()) {
                flush(false);
            }
        }
        if (!buffer.isEmpty() && timer == null && !settings.flushInterval().isZero()) {
            long due =
                    timers.getCurrentProcessingTime() + settings.flushInterval().toMillis();
            timer = timers.registerTimer(due, time -> {
                timer = null;
                flush(false);
            });
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        ScheduledFuture<?> waiting = timer;
        if (waiting != null) {
            waiting.cancel(false);
            timer = null;
        }
        if (buffer.isEmpty()) {
            return;
        }
        Changes drained = buffer.drain();
        retries.run(() -> changes.write(drained, table()), this::disconnect);
        refused.settle();
        sent.inc(drained.size());
    }

    private OpenTable table() throws java.sql.SQLException {
        OpenTable open = table;
        if (open == null) {
            open = OpenTable.on(settings.database().connect(), settings);
            table = open;
            if (fence != null) {
                fence.enter(open.connection());
            }
        }
        return open;
    }

    private void disconnect() {
        refused.forget();
        OpenTable open = table;
        table = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
