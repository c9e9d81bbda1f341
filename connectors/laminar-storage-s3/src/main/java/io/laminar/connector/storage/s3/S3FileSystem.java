package io.laminar.connector.storage.s3;

import io.laminar.connector.storage.StorageSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket as Flink sees a file system. Objects are files; folders are what their names imply and need not be made. A
 * file appears when its stream is closed, whole.
 */
final class S3FileSystem extends FileSystem {
    private static final int MOST_DELETED = 1000;

    private final URI uri;
    private final Bucket bucket;

    S3FileSystem(URI uri, StorageSettings configured) {
        this.uri = URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
        this.bucket = new Bucket(uri, configured);
    }

    @Override
    public URI getUri() {
        return uri;
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path(uri + "/");
    }

    @Override
    public Path getHomeDirectory() {
        return getWorkingDirectory();
    }

    @Override
    public boolean isDistributedFS() {
        return true;
    }

    @Override
    public boolean mkdirs(Path folder) {
        return true;
    }

    // Looking ---------------------------------------------------------------------------------------------------------

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        String key = Bucket.key(path);
        if (!key.isEmpty()) {
            try {
                HeadObjectResponse head = bucket.ask(
                        key,
                        client -> client.headObject(r -> r.bucket(bucket.name()).key(key)));
                return new S3FileStatus(
                        path, head.contentLength(), head.lastModified().toEpochMilli(), false);
            } catch (FileNotFoundException e) {
                // It may be a folder; whether the bucket is there is also told by listing it.
                return folder(path, key, e);
            }
        }
        return folder(path, key, new FileNotFoundException(path + " does not exist"));
    }

    private FileStatus folder(Path path, String key, FileNotFoundException missing) throws IOException {
        String prefix = key.isEmpty() ? "" : key + "/";
        ListObjectsV2Response first = bucket.ask(
                key,
                client -> client.listObjectsV2(
                        r -> r.bucket(bucket.name()).prefix(prefix).maxKeys(1)));
        if (first.contents().isEmpty() && !key.isEmpty()) {
            throw missing;
        }
        return new S3FileStatus(path, 0, 0, true);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        String key = Bucket.key(path);
        String prefix = key.isEmpty() || key.endsWith("/") ? key : key + "/";
        List<FileStatus> found = new ArrayList<>();
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(prefix)
                .delimiter("/")
                .build();
        ListObjectsV2Response page;
        do {
            ListObjectsV2Request next = request;
            page = bucket.ask(key, client -> client.listObjectsV2(next));
            for (CommonPrefix folder : page.commonPrefixes()) {
                String name = folder.prefix();
                found.add(new S3FileStatus(path(name.substring(0, name.length() - 1)), 0, 0, true));
            }
            for (S3Object object : page.contents()) {
                if (!object.key().equals(prefix)) {
                    found.add(new S3FileStatus(
                            path(object.key()),
                            object.size(),
                            object.lastModified().toEpochMilli(),
                            false));
                }
            }
            request = request.toBuilder()
                    .continuationToken(page.nextContinuationToken())
                    .build();
        } while (Boolean.TRUE.equals(page.isTruncated()));
        if (found.isEmpty()) {
            FileStatus status = getFileStatus(path);
            if (!status.isDir()) {
                found.add(status);
            }
        }
        return found.toArray(FileStatus[]::new);
    }

    private Path path(String key) {
        return new Path(uri.getScheme(), uri.getRawAuthority(), "/" + key);
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
        return new BlockLocation[0];
    }

    // Reading and writing ---------------------------------------------------------------------------------------------

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        return new S3InputStream(bucket, Bucket.key(path), getFileStatus(path).getLen());
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return open(path);
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode overwrite) {
        return new S3OutputStream(bucket, Bucket.key(path), overwrite == WriteMode.NO_OVERWRITE);
    }

    @Override
    public RecoverableWriter createRecoverableWriter() {
        return new S3RecoverableWriter(bucket);
    }

    // Changing --------------------------------------------------------------------------------------------------------

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        String key = Bucket.key(path);
        if (!recursive) {
            if (!key.isEmpty() && !firstBelow(key).contents().isEmpty()) {
                throw new IOException(path + " is a folder with something in it");
            }
            bucket.ask(
                    key,
                    client -> client.deleteObject(r -> r.bucket(bucket.name()).key(key)));
            return true;
        }
        if (!key.isEmpty()) {
            bucket.ask(
                    key,
                    client -> client.deleteObject(r -> r.bucket(bucket.name()).key(key)));
        }
        ListObjectsV2Response page = below(key);
        while (!page.contents().isEmpty()) {
            List<ObjectIdentifier> keys = page.contents().stream()
                    .map(object -> ObjectIdentifier.builder().key(object.key()).build())
                    .toList();
            bucket.ask(
                    key,
                    client -> client.deleteObjects(r -> r.bucket(bucket.name())
                            .delete(Delete.builder().objects(keys).quiet(true).build())));
            page = below(key);
        }
        return true;
    }

    private ListObjectsV2Response firstBelow(String key) throws IOException {
        return bucket.ask(
                key,
                client -> client.listObjectsV2(
                        r -> r.bucket(bucket.name()).prefix(key + "/").maxKeys(1)));
    }

    private ListObjectsV2Response below(String key) throws IOException {
        String prefix = key.isEmpty() ? "" : key + "/";
        return bucket.ask(
                key,
                client -> client.listObjectsV2(
                        r -> r.bucket(bucket.name()).prefix(prefix).maxKeys(MOST_DELETED)));
    }

    /** Copies a file and deletes it; folders have no object that could be renamed. */
    @Override
    public boolean rename(Path from, Path to) throws IOException {
        String source = Bucket.key(from);
        String target = Bucket.key(to);
        if (getFileStatus(from).isDir()) {
            throw new IOException("folders of an object store cannot be renamed: " + from);
        }
        bucket.ask(
                source,
                client -> client.copyObject(r -> r.sourceBucket(bucket.name())
                        .sourceKey(source)
                        .destinationBucket(bucket.name())
                        .destinationKey(target)));
        return delete(from, false);
    }
}
