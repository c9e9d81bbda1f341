package io.laminar.connector.file.sink;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A process that writes a file.
 *
 * @param host name of its machine
 * @param started in milliseconds since 1970, which tells it from a later one with the same number; 0 if not known
 */
record WritingProcess(String host, long pid, long started) {

    static WritingProcess current() {
        ProcessHandle own = ProcessHandle.current();
        return new WritingProcess(hostName(), own.pid(), started(own));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static long started(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }

    /** Reads what {@link #toString} wrote. */
    static WritingProcess of(String text) {
        String[] parts = text.split(" ", 3);
        return new WritingProcess(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** Whether this one is another than the one that asks, and may be alive. */
    boolean mayWriteBeside(WritingProcess asking) {
        if (!host.equals(asking.host)) {
            return true;
        }
        return !equals(asking)
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> started(process) == started)
                        .isPresent();
    }

    @Override
    public String toString() {
        return host + " " + pid + " " + started;
    }
}
