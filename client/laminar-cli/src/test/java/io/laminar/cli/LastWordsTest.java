package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FatalExitExceptionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a process says that Flink ends. */
@Timeout(60)
class LastWordsTest {
    private record Ended(int code, String err) {}

    /** The process under test. */
    static final class Victim {
        private static final List<byte[]> HELD = new ArrayList<>();

        private Victim() {}

        public static void main(String[] arguments) throws InterruptedException {
            LastWords words = LastWords.prepare();
            if (arguments[0].equals("orderly")) {
                words.needless();
                System.exit(ExitCode.DONE);
            } else if (arguments[0].equals("asked")) {
                System.exit(3);
            }
            Thread thread = new Thread(() -> fail(arguments[0]), "one that Flink needs");
            thread.setUncaughtExceptionHandler(FatalExitExceptionHandler.INSTANCE);
            thread.start();
            thread.join();
        }

        private static void fail(String how) {
            try {
                while (how.equals("memory")) {
                    HELD.add(new byte[1 << 16]);
                }
            } catch (OutOfMemoryError e) {
                // What the thread had for itself goes with it.
                HELD.subList(HELD.size() - 40, HELD.size()).clear();
                throw e;
            }
            throw new IllegalStateException("broken");
        }
    }

    private static Ended run(String how) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseParallelGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        how)
                .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(50, TimeUnit.SECONDS));
        return new Ended(process.exitValue(), err);
    }

    @Test
    void aThreadWithoutMemoryIsExplained() throws Exception {
        Ended ended = run("memory");
        assertEquals(ExitCode.FAILED, ended.code(), ended.err());
        assertTrue(ended.err().contains("LAM-6008: "), ended.err());
        assertTrue(ended.err().contains("LAMINAR_MEMORY=4g"), ended.err());
    }

    @Test
    void aBrokenThreadIsNamed() throws Exception {
        Ended ended = run("broken");
        assertEquals(ExitCode.FAILED, ended.code(), ended.err());
        assertTrue(ended.err().contains("a thread of the runtime has failed"), ended.err());
    }

    @Test
    void whoEndsInAnOrderlyWaySaysNothing() throws Exception {
        assertEquals(new Ended(ExitCode.DONE, ""), run("orderly"));
        assertEquals(new Ended(3, ""), run("asked"));
    }
}
