package io.laminar.connector.jdbc.sink;

import java.io.Serializable;

/** Time that passes while a database is away. */
interface Waiting extends Serializable {

    /** A point in time, in nanoseconds. */
    long now();

    void pause(long millis) throws InterruptedException;

    /** The machine's own time. */
    static Waiting real() {
        return new Waiting() {
            @Override
            public long now() {
                return System.nanoTime();
            }

            @Override
            public void pause(long millis) throws InterruptedException {
                Thread.sleep(millis);
            }
        };
    }
}
