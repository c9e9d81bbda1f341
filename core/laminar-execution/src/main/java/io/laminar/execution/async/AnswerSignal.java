package io.laminar.execution.async;

import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes an operator when an answer comes in another thread: once, until it listens again. */
public final class AnswerSignal {
    private final AtomicBoolean listening = new AtomicBoolean();
    private final Runnable wake;

    /** @param wake may be called in any thread */
    public AnswerSignal(Runnable wake) {
        this.wake = wake;
    }

    /** The next answer wakes the operator. One that came just before does not, so look for it afterwards. */
    public void listen() {
        listening.set(true);
    }

    /** The operator is awake. */
    public void ignore() {
        listening.set(false);
    }

    /** An answer is there to be taken. */
    public void answered() {
        if (listening.compareAndSet(true, false)) {
            wake.run();
        }
    }
}
