package io.laminar.testing.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Commands of the system. */
final class Commands {

    private Commands() {}

    static void signal(String signal, long pid) {
        if (run("kill", "-" + signal, String.valueOf(pid)) != 0) {
            throw new IllegalStateException("kill -" + signal + " " + pid + " fails");
        }
    }

    /** The exit code of a command. */
    static int run(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
