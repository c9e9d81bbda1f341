package io.laminar.connector.storage.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * An object that is sent in parts and appears when it is completed. Until then the store keeps the parts, for whoever
 * knows the upload's id.
 */
final class Upload {
    private final Bucket bucket;
    private final String key;
    private final String id;
    private final List<String> tags;
    private long bytes;

    /**
     * An upload that has begun.
     *
     * @param tags what the store calls the parts sent so far, in order
     * @param bytes in these
     */
    Upload(Bucket bucket, String key, String id, List<String> tags, long bytes) {
        this.bucket = bucket;
        this.key = key;
        this.id = id;
        this.tags = new ArrayList<>(tags);
        this.bytes = bytes;
    }

    static Upload begin(Bucket bucket, String key) throws IOException {
        CreateMultipartUploadRequest request = CreateMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(key)
                .build();
        String id = bucket.insist(key, client -> client.createMultipartUpload(request))
                .uploadId();
        return new Upload(bucket, key, id, List.of(), 0);
    }

    String key() {
        return key;
    }

    String id() {
        return id;
    }

    List<String> tags() {
        return List.copyOf(tags);
    }

    long bytes() {
        return bytes;
    }

    /** Sends the next part and empties the buffer. */
    void send(PartBuffer part) throws IOException {
        int number = tags.size() + 1;
        String tag = bucket.insist(
                        key,
                        client -> client.uploadPart(
                                r -> r.bucket(bucket.name())
                                        .key(key)
                                        .uploadId(id)
                                        .partNumber(number),
                                part.content()))
                .eTag();
        tags.add(tag);
        bytes += part.used();
        part.clear();
    }

    /** Makes the object appear. One that is there already, since the store did not get to say so, is fine. */
    void complete() throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        for (String tag : tags) {
            parts.add(CompletedPart.builder()
                    .partNumber(parts.size() + 1)
                    .eTag(tag)
                    .build());
        }
        try {
            bucket.insist(
                    key,
                    client -> client.completeMultipartUpload(
                            r -> r.bucket(bucket.name()).key(key).uploadId(id).multipartUpload(u -> u.parts(parts))));
        } catch (FileNotFoundException gone) {
            if (!isComplete()) {
                throw gone;
            }
        }
    }

    private boolean isComplete() throws IOException {
        try {
            HeadObjectResponse head = bucket.insist(
                    key,
                    client -> client.headObject(r -> r.bucket(bucket.name()).key(key)));
            return head.contentLength() == bytes;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    void abort() throws IOException {
        bucket.ask(
                key,
                client -> client.abortMultipartUpload(
                        r -> r.bucket(bucket.name()).key(key).uploadId(id)));
    }
}
