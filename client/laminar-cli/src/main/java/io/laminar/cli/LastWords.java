package io.laminar.cli;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;

/**
 * What is said when Flink ends the process because a thread that it needs has failed, most often for want of memory: it
 * does so without a word, and with an exit code of its own. The words are made beforehand, since there may be no memory
 * for them then.
 */
final class LastWords extends Thread {
    private static final String HANDLER = "org.apache.flink.util.FatalExitExceptionHandler";
    /** Part of the memory for what lives long above which it was memory that was missing. */
    private static final double FULL = 0.8;

    private final byte[] outOfMemory = bytes(new LaminarException(
            ErrorCode.LIMIT_EXCEEDED,
            "out of memory: a thread of the runtime could not go on",
            null,
            "give the process more with LAMINAR_MEMORY=4g, or less to its state: SET state_memory; with --state the same"
                    + " command goes on from the last checkpoint",
            null));
    private final byte[] other = bytes(new LaminarException(
            ErrorCode.INTERNAL,
            "a thread of the runtime has failed, and the process with it",
            null,
            "with --state the same command goes on from the last checkpoint; the log says what failed",
            null));
    private volatile boolean ended;

    private LastWords() {
        super("last words");
    }

    /** Prepares them for the end of this process. */
    static LastWords prepare() {
        LastWords words = new LastWords();
        Runtime.getRuntime().addShutdownHook(words);
        return words;
    }

    private static byte[] bytes(LaminarException error) {
        return ("\n" + error.describe() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Says that the process ends in an orderly way. */
    void needless() {
        ended = true;
    }

    @Override
    public void run() {
        if (ended) {
            return;
        }
        byte[] words;
        try {
            if (!isEndedByFlink()) {
                return;
            }
            words = isFull() ? outOfMemory : other;
        } catch (OutOfMemoryError e) {
            words = outOfMemory;
        }
        say(words);
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }

    private static void say(byte[] words) {
        try {
            new FileOutputStream(FileDescriptor.err).write(words);
        } catch (IOException e) {
            // Nobody listens.
            return;
        }
    }

    /** Whether a thread waits in Flink's handler for the process to end. */
    private static boolean isEndedByFlink() {
        for (StackTraceElement[] frames : Thread.getAllStackTraces().values()) {
            for (StackTraceElement frame : frames) {
                if (frame.getClassName().equals(HANDLER)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isFull() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getUsage();
            boolean livesLong = pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported();
            if (livesLong && usage.getMax() > 0 && usage.getUsed() > FULL * usage.getMax()) {
                return true;
            }
        }
        return false;
    }
}
