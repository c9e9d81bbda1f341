package io.laminar.connector.storage.s3;

import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** An object, or a folder that objects' names imply. */
record S3FileStatus(Path path, long length, long modified, boolean folder) implements FileStatus {
    private static final long BLOCK = 64L << 20;

    @Override
    public long getLen() {
        return length;
    }

    @Override
    public long getBlockSize() {
        return Math.min(length, BLOCK);
    }

    @Override
    public short getReplication() {
        return 1;
    }

    @Override
    public long getModificationTime() {
        return modified;
    }

    @Override
    public long getAccessTime() {
        return 0;
    }

    @Override
    public boolean isDir() {
        return folder;
    }

    @Override
    public Path getPath() {
        return path;
    }
}
