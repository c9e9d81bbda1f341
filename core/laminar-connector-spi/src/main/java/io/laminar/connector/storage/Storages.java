package io.laminar.connector.storage;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which settings a path is reached with. Flink only hands URIs to file systems; so the settings of a table are put into
 * the URI as a name, {@code s3://name@bucket/path}, and those of a bucket are known by it. Whoever brings a path into a
 * process (a source or a sink that arrives there, a state folder) says first what its settings are.
 */
public final class Storages {
    private static final Map<String, StorageSettings> BY_AUTHORITY = new ConcurrentHashMap<>();

    private Storages() {}

    /** The URI by which files below it are reached with some settings. */
    public static URI uri(URI location, StorageSettings settings) {
        if (settings.equals(StorageSettings.ENVIRONMENT) || location.getScheme() == null) {
            return location;
        }
        String authority = settings.id() + "@" + location.getRawAuthority();
        BY_AUTHORITY.put(authority, settings);
        return URI.create(location.getScheme() + "://" + authority + location.getRawPath());
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

    /** A URI as its user wrote it, without the name of settings. */
    public static String shown(URI uri) {
        String authority = uri.getRawAuthority();
        return authority == null || !authority.contains("@")
                ? uri.toString()
                : uri.getScheme() + "://" + bucket(authority) + uri.getPath();
    }
}
