package io.laminar.flink.logs;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The last lines of one job in memory, and more of them in a file and the one before it. */
final class LogTail {
    private final int lines;
    private final long fileBytes;
    private final @Nullable Path file;
    private final Deque<LogLine> last = new ArrayDeque<>();
    private @Nullable BufferedWriter writer;
    private long written;

    /**
     * @param file null to keep lines in memory only
     * @param fileBytes after which the file becomes the one before
     */
    LogTail(int lines, @Nullable Path file, long fileBytes) {
        this.lines = lines;
        this.file = file;
        this.fileBytes = fileBytes;
    }

    synchronized void add(LogLine line) {
        last.addLast(line);
        if (last.size() > lines) {
            last.removeFirst();
        }
        if (file != null) {
            write(file, line.text() + '\n');
        }
    }

    /** A log that cannot be written is no reason to fail: the lines are in memory. */
    private void write(Path target, String text) {
        try {
            BufferedWriter out = writer;
            if (out == null) {
                Files.createDirectories(target.getParent());
                out = Files.newBufferedWriter(target, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                written = Files.size(target);
                writer = out;
            }
            out.write(text);
            out.flush();
            written += text.length();
            if (written > fileBytes) {
                close();
                Files.move(target, before(target), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            close();
        }
    }

    private static Path before(Path file) {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    /** The last lines that matter enough, the oldest first. */
    synchronized List<LogLine> last(int count, LogLevel least) {
        List<LogLine> wanted = new ArrayList<>(wanted(last, least));
        if (wanted.size() < count && file != null) {
            wanted = new ArrayList<>(wanted(read(file), least));
        }
        return List.copyOf(wanted.subList(Math.max(0, wanted.size() - count), wanted.size()));
    }

    private static List<LogLine> wanted(Iterable<LogLine> lines, LogLevel least) {
        List<LogLine> wanted = new ArrayList<>();
        lines.forEach(line -> {
            if (line.level().compareTo(least) >= 0) {
                wanted.add(line);
            }
        });
        return wanted;
    }

    private static List<LogLine> read(Path file) {
        List<LogLine> found = new ArrayList<>();
        for (Path one : List.of(before(file), file)) {
            if (Files.exists(one)) {
                try (Stream<String> text = Files.lines(one)) {
                    text.forEach(line -> LogLine.parse(line).ifPresentOrElse(found::add, () -> {
                        if (!found.isEmpty()) {
                            found.add(found.remove(found.size() - 1).withNext(line));
                        }
                    }));
                } catch (IOException | UncheckedIOException e) {
                    // What can be read is shown.
                    return found;
                }
            }
        }
        return found;
    }

    synchronized void close() {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException e) {
            // Every line has been flushed before.
            return;
        } finally {
            writer = null;
        }
    }

    /** Deletes the files. */
    synchronized void delete() {
        close();
        last.clear();
        if (file != null) {
            try {
                Files.deleteIfExists(file);
                Files.deleteIfExists(before(file));
            } catch (IOException e) {
                // They are in a folder that somebody else looks after.
                return;
            }
        }
    }
}
