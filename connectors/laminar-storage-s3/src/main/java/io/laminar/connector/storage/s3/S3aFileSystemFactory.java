package io.laminar.connector.storage.s3;

/** {@code s3a://bucket/path}, as those write it who come from Hadoop. */
public final class S3aFileSystemFactory extends S3FileSystemFactory {
    @Override
    public String getScheme() {
        return "s3a";
    }
}
