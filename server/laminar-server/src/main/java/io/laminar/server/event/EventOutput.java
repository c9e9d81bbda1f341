package io.laminar.server.event;

/** A client that listens. May be used by one thread at a time. */
public interface EventOutput {

    /**
     * Sends an event; does nothing if nobody listens any more.
     *
     * @param name of the event
     * @param data what is sent as JSON
     */
    void send(String name, Object data);

    /** Shows that the stream is alive, and finds out whether anybody listens. */
    void ping();

    /** Whether the client is gone, or the stream has been closed. */
    boolean isClosed();
}
