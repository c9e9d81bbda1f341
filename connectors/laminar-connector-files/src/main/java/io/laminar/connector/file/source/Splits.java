package io.laminar.connector.file.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.apache.flink.core.fs.FileStatus;

/** Cuts files into splits and hands them out by name and offset, so that readers stay close together in time. */
final class Splits implements FileSplitAssigner {
    private static final long LARGEST = 32L << 20;
    private static final long SMALLEST = 4L << 20;
    private static final Comparator<FileSourceSplit> ORDER = Comparator.<FileSourceSplit, String>comparing(
                    split -> split.path().toString())
            .thenComparingLong(FileSourceSplit::offset)
            .thenComparing(FileSourceSplit::splitId);

    private final TreeSet<FileSourceSplit> waiting = new TreeSet<>(ORDER);

    Splits(Collection<FileSourceSplit> splits) {
        waiting.addAll(splits);
    }

    @Override
    public Optional<FileSourceSplit> getNext(String hostname) {
        return Optional.ofNullable(waiting.pollFirst());
    }

    @Override
    public void addSplits(Collection<FileSourceSplit> splits) {
        waiting.addAll(splits);
    }

    @Override
    public Collection<FileSourceSplit> remainingSplits() {
        return new ArrayList<>(waiting);
    }

    /** The splits of a file that may be cut anywhere, about {@code wanted} of them and some more if it is large. */
    static List<FileSourceSplit> cut(FileStatus file, int wanted) {
        long size = Math.max(SMALLEST, Math.min(LARGEST, file.getLen() / Math.max(1, wanted * 2L)));
        return cut(file, size);
    }

    static List<FileSourceSplit> cut(FileStatus file, long size) {
        ArrayDeque<FileSourceSplit> splits = new ArrayDeque<>();
        long offset = 0;
        while (offset < file.getLen()) {
            long rest = file.getLen() - offset;
            // A last piece that is small goes to the one before.
            long length = rest < size + size / 2 ? rest : size;
            splits.add(split(file, offset, length));
            offset += length;
        }
        return List.copyOf(splits);
    }

    /** A file as one split. */
    static FileSourceSplit whole(FileStatus file) {
        return split(file, 0, file.getLen());
    }

    private static FileSourceSplit split(FileStatus file, long offset, long length) {
        String id = file.getPath() + "@" + offset;
        return new FileSourceSplit(id, file.getPath(), offset, length, file.getModificationTime(), file.getLen());
    }
}
