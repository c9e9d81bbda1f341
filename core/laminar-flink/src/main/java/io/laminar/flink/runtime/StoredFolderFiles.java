package io.laminar.flink.runtime;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** A state folder in an object store, where objects are put as a whole and folders are but parts of their names. */
final class StoredFolderFiles implements FolderFiles {
    private final Path folder;
    private final StateLease lease;

    StoredFolderFiles(Path folder, StateLease.Timing timing) {
        this.folder = folder;
        this.lease = new StateLease(new Path(folder, "lock"), timing);
    }

    private static FileSystem store(Path path) throws IOException {
        return path.getFileSystem();
    }

    private Path path(String name) {
        return new Path(folder, name);
    }

    @Override
    public boolean exists() {
        try {
            return store(folder).exists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean lock() throws IOException {
        return lease.take();
    }

    @Override
    public CompletableFuture<Void> lost() {
        return lease.lost();
    }

    @Override
    public void unlock() {
        lease.close();
    }

    @Override
    public boolean has(String file) throws IOException {
        return store(folder).exists(path(file));
    }

    @Override
    public InputStream open(String file) throws IOException {
        return store(folder).open(path(file));
    }

    @Override
    public void write(String file, byte[] content) throws IOException {
        put(path(file), content, FileSystem.WriteMode.OVERWRITE);
    }

    /** The object is there when the stream has been closed. */
    static void put(Path file, byte[] content, FileSystem.WriteMode mode) throws IOException {
        try (OutputStream out = store(file).create(file, mode)) {
            out.write(content);
        }
    }

    private FileStatus[] list(Path path) throws IOException {
        try {
            FileStatus[] found = store(folder).listStatus(path);
            return found == null ? new FileStatus[0] : found;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    @Override
    public List<String> folders(String name) throws IOException {
        List<String> names = new ArrayList<>();
        for (FileStatus child : list(path(name))) {
            if (child.isDir()) {
                names.add(child.getPath().getName());
            }
        }
        return names;
    }

    @Override
    public List<String> find(String below, String name) throws IOException {
        List<String> found = new ArrayList<>();
        for (FileStatus child : list(path(below))) {
            String inside = below + "/" + child.getPath().getName();
            if (child.isDir()) {
                found.addAll(find(inside, name));
            } else if (child.getPath().getName().equals(name)) {
                found.add(inside);
            }
        }
        return found;
    }

    @Override
    public void delete(String name) {
        try {
            store(folder).delete(path(name), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String uri(String name) {
        return path(name).toUri().toString();
    }
}
