package io.laminar.connector.console;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.table.TableDescriptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The listeners of this process by channel. Rows for a channel without listener are dropped. */
public final class PreviewChannels {
    private static final Map<String, Listener> LISTENERS = new ConcurrentHashMap<>();

    private PreviewChannels() {}

    /** Gets the rows; called by the threads of the job. */
    @FunctionalInterface
    public interface Listener {
        void rows(TableDescriptor table, Batch batch);
    }

    public static void listen(String channel, Listener listener) {
        LISTENERS.put(channel, listener);
    }

    public static void leave(String channel) {
        LISTENERS.remove(channel);
    }

    static void send(String channel, TableDescriptor table, Batch batch) {
        Listener listener = LISTENERS.get(channel);
        if (listener != null) {
            listener.rows(table, batch);
        }
    }
}
