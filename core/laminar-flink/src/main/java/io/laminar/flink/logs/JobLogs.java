package io.laminar.flink.logs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the jobs of this process log, job by job. Flink marks what its threads do with the job they do it for;
 * threads that connectors start belong to a job if the process is started with {@code
 * -Dlog4j2.isThreadContextMapInheritable=true}. A remote job logs where its cluster's processes do.
 */
public final class JobLogs implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final int LINES = 1000;
    private static final long FILE_BYTES = 8 << 20;

    private final Map<String, LogTail> tails = new ConcurrentHashMap<>();
    private final @Nullable Path folder;
    private final JobAppender appender =
            new JobAppender((job, line) -> tail(job).add(line));
    private @Nullable Level rootLevel;

    private JobLogs(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * Begins to keep lines from INFO up; what goes elsewhere stays as it is.
     *
     * @param folder for a file per job of some megabytes; null to keep the last thousand lines in memory only
     */
    public static JobLogs start(@Nullable Path folder) {
        JobLogs logs = new JobLogs(folder);
        logs.appender.start();
        if (LogManager.getContext(false) instanceof LoggerContext context) {
            logs.attach(context);
        }
        return logs;
    }

    private void attach(LoggerContext context) {
        LoggerConfig root = context.getConfiguration().getRootLogger();
        Level before = root.getLevel();
        if (before.isMoreSpecificThan(Level.INFO)) {
            for (Appender other : List.copyOf(root.getAppenders().values())) {
                root.removeAppender(other.getName());
                root.addAppender(other, before, null);
            }
            root.setLevel(Level.INFO);
            rootLevel = before;
        }
        root.addAppender(appender, Level.INFO, null);
        context.updateLoggers();
    }

    private LogTail tail(String job) {
        return tails.computeIfAbsent(job, id -> new LogTail(LINES, file(id), FILE_BYTES));
    }

    /**
     * The last lines of a job, the oldest first; also of one that an earlier process ran, if its file is in the folder.
     *
     * @param job id, as {@link io.laminar.flink.runtime.RunningJob#id} gives it
     * @param least what matters less is left out
     */
    public List<LogLine> last(String job, int count, LogLevel least) {
        LogTail tail = tails.get(job);
        if (tail == null) {
            tail = new LogTail(0, file(job), FILE_BYTES);
        }
        return tail.last(count, least);
    }

    /** Null if lines are in memory only, or if that is not the id of a job. */
    private @Nullable Path file(String job) {
        return folder == null || !ID.matcher(job).matches() ? null : folder.resolve(job + ".log");
    }

    /** Closes the file of a job that has ended and frees its memory; the file can still be read. */
    public void release(String job) {
        LogTail tail = folder == null ? null : tails.remove(job);
        if (tail != null) {
            tail.close();
        }
    }

    /** Forgets the lines of a job and deletes its file. */
    public void forget(String job) {
        LogTail tail = tails.remove(job);
        (tail == null ? new LogTail(0, file(job), FILE_BYTES) : tail).delete();
    }

    @Override
    public void close() {
        if (LogManager.getContext(false) instanceof LoggerContext context) {
            LoggerConfig root = context.getConfiguration().getRootLogger();
            root.removeAppender(appender.getName());
            if (rootLevel != null) {
                root.setLevel(rootLevel);
            }
            context.updateLoggers();
        }
        appender.stop();
        tails.values().forEach(LogTail::close);
    }
}
