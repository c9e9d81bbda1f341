package io.laminar.connector.file.source;

import io.laminar.connector.file.Compression;
import io.laminar.connector.file.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of a table and cuts those into splits that can be read from the middle.
 *
 * @param location the file or folder and which of its files are meant
 * @param splittable whether the format can be read from the middle of a file
 * @param compression null: by the extension of each file's name
 * @param splitBytes size of splits, or 0 to choose by the size of the file and the number of readers
 * @param conditions which of the files are read
 */
public record Listing(
        Location location,
        boolean splittable,
        @Nullable Compression compression,
        long splitBytes,
        FileConditions conditions)
        implements FileEnumerator.Provider {

    /** All files that are meant. */
    public Listing(Location location, boolean splittable, @Nullable Compression compression, long splitBytes) {
        this(location, splittable, compression, splitBytes, FileConditions.NONE);
    }

    @Override
    public FileEnumerator create() {
        return (paths, wanted) -> splits(wanted);
    }

    private Collection<FileSourceSplit> splits(int wanted) throws IOException {
        List<FileSourceSplit> splits = new ArrayList<>();
        for (FileStatus file : files()) {
            if (!conditions.admit(file)) {
                continue;
            }
            if (splittable && compressionOf(file.getPath()) == Compression.NONE) {
                splits.addAll(splitBytes > 0 ? Splits.cut(file, splitBytes) : Splits.cut(file, wanted));
            } else {
                splits.add(Splits.whole(file));
            }
        }
        return splits;
    }

    private Compression compressionOf(Path path) {
        return compression == null ? Compression.byExtension(path.getName()) : compression;
    }

    /** The files there are now, in the order of their paths. */
    public List<FileStatus> files() throws IOException {
        Path root = location.root();
        FileSystem system = root.getFileSystem();
        List<FileStatus> found = new ArrayList<>();
        collect(system, system.getFileStatus(root), new HashSet<>(), found);
        found.sort(Comparator.comparing(file -> file.getPath().toString()));
        return found;
    }

    /** @param above folders of this machine that the path has come through, as they are without symbolic links */
    private void collect(FileSystem system, FileStatus status, Set<java.nio.file.Path> above, List<FileStatus> found)
            throws IOException {
        if (!status.isDir()) {
            if (location.matches(status.getPath())) {
                found.add(status);
            }
            return;
        }
        java.nio.file.Path real = location.isRemote()
                ? null
                : java.nio.file.Path.of(status.getPath().getPath()).toRealPath();
        if (real != null && !above.add(real)) {
            // A link back to a folder that it is in: all that is there is listed already.
            return;
        }
        FileStatus[] entries = system.listStatus(status.getPath());
        if (entries != null) {
            for (FileStatus entry : entries) {
                // Names with a dot or underscore in front are work in progress: parts not committed, temporary files.
                char first = entry.getPath().getName().charAt(0);
                if (first != '.' && first != '_') {
                    collect(system, entry, above, found);
                }
            }
        }
        above.remove(real);
    }
}
