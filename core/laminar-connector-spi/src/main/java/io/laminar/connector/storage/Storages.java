package io.laminar.connector.storage;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which settings a path is reached with. Flink only hands URIs to file systems; so the settings of a table are put into
 * the URI as a name, {@code s3://name@bucket/path}, and those of a bucket are known by it. Whoever brings a path into a
 * process (a source or a sink that arrives there, a state folder) says first what its settings are.
 */
public final class Storages {
    private static final Map<String, StorageSettings> BY_AUTHORITY = new ConcurrentHashMap<>();

    private Storages() {}

    /**
     * A path whose file is reached with some settings.
     *
     * @param written with a scheme, as its user wrote it
     */
    public static Path path(String written, StorageSettings settings) {
        Path plain = new Path(written);
        String authority = plain.toUri().getRawAuthority();
        if (settings.equals(StorageSettings.ENVIRONMENT) || authority == null) {
            return plain;
        }
        String named = settings.id() + "@" + authority;
        BY_AUTHORITY.put(named, settings);
        return new Path(plain.toUri().getScheme(), named, plain.toUri().getPath());
    }

    /** Says again what {@link #path} said, in a process that a path has come to. */
    public static void remember(Path path, StorageSettings settings) {
        String authority = path.toUri().getRawAuthority();
        if (authority != null && authority.contains("@")) {
            BY_AUTHORITY.put(authority, settings);
        }
    }

    /** Says with which settings a bucket is reached by URIs that name none. */
    public static void register(String bucket, StorageSettings settings) {
        if (settings.equals(StorageSettings.ENVIRONMENT)) {
            BY_AUTHORITY.remove(bucket);
        } else {
            BY_AUTHORITY.put(bucket, settings);
        }
    }

    /** The settings for a URI's authority; null if nobody has said any. */
    public static @Nullable StorageSettings settings(String authority) {
        return BY_AUTHORITY.get(authority);
    }

    /** The bucket in a URI's authority. */
    public static String bucket(String authority) {
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    /** A path as its user wrote it, without the name of settings; of a local file without the scheme. */
    public static String shown(Path path) {
        URI uri = path.toUri();
        String authority = uri.getRawAuthority();
        return authority == null ? uri.getPath() : uri.getScheme() + "://" + bucket(authority) + uri.getPath();
    }
}
