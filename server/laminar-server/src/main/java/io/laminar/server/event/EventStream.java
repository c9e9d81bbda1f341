package io.laminar.server.event;

/** A stream of events that is written while the client listens; runs in a thread of its own. */
@FunctionalInterface
public interface EventStream {

    /** Writes events until there are no more, or {@link EventOutput#isClosed}. */
    void write(EventOutput out) throws InterruptedException;
}
