package io.laminar.connector.storage.s3;

import io.laminar.connector.storage.StorageSettings;
import io.laminar.connector.storage.Storages;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import org.apache.flink.core.fs.Path;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket and how it is reached; every call to the store goes through here, so that its errors are plain ones. */
final class Bucket {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final String authority;
    private final String name;
    private final StorageSettings configured;

    Bucket(URI uri, StorageSettings configured) {
        authority = uri.getRawAuthority();
        name = Storages.bucket(authority);
        this.configured = configured;
    }

    String name() {
        return name;
    }

    /** The key of a path: without the slash it begins with. */
    static String key(Path path) {
        String text = path.toUri().getPath();
        return text.startsWith("/") ? text.substring(1) : text;
    }

    /** Something asked of the store. */
    @FunctionalInterface
    interface Request<T> {
        T of(S3Client client) throws SdkException;
    }

    private StorageSettings settings() {
        StorageSettings said = Storages.settings(authority);
        return said != null ? said : configured;
    }

    /**
     * Asks the store, again while it does not answer: for what is in the middle of reading or writing.
     *
     * @param key what it is about, for messages
     */
    <T> T insist(String key, Request<T> request) throws IOException {
        long limit = System.nanoTime() + settings().retryMicros() * NANOS_PER_MICRO;
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                return ask(key, request);
            } catch (IOException e) {
                if (!Errors.isPassing(e) || System.nanoTime() > limit) {
                    throw e;
                }
                pause(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the store did not answer");
        }
    }

    /**
     * Asks the store.
     *
     * @param key what it is about, for messages
     */
    <T> T ask(String key, Request<T> request) throws IOException {
        StorageSettings settings = settings();
        try {
            return request.of(Clients.of(settings));
        } catch (SdkException e) {
            throw Errors.of(e, name, key, Clients.endpoint(settings));
        }
    }
}
