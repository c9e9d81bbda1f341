package io.laminar.flink.cluster;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.jspecify.annotations.Nullable;

/**
 * Coordinators that stand in for each other. ZooKeeper knows which one leads and where the jobs are; the jobs themselves
 * and what their checkpoints consist of are in the storage.
 *
 * @param quorum {@code host:port} of ZooKeeper's servers, separated by commas
 * @param root path in ZooKeeper, the cluster's own
 * @param storage folder or URL that all coordinators see; null where only the leader is looked up
 */
public record HighAvailability(
        String quorum, String root, @Nullable String storage) {
    /** How long ZooKeeper waits for a leader that does not answer before it lets another one lead. */
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(15);

    private static final String SCHEME = "zookeeper://";
    private static final Pattern FORM =
            Pattern.compile(SCHEME + "([^/,:\\s]+:[0-9]{1,5}(?:,[^/,:\\s]+:[0-9]{1,5})*)(/[^\\s]*)?");

    /** Whether a text is the address of such a cluster, and not that of one coordinator. */
    public static boolean isMeant(String address) {
        return address.startsWith(SCHEME);
    }

    /** @throws LaminarException USAGE */
    public static HighAvailability parse(String address, @Nullable String storage) {
        Matcher parts = FORM.matcher(address.strip());
        if (!parts.matches()) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "'" + address + "' is not an address of ZooKeeper",
                    "write it as zookeeper://host:2181/laminar, or with several servers as"
                            + " zookeeper://a:2181,b:2181,c:2181/laminar");
        }
        String path = parts.group(2) == null ? "" : parts.group(2).replaceAll("/+$", "");
        return new HighAvailability(
                parts.group(1), path.isEmpty() ? "/laminar" : path, storage == null ? null : location(storage));
    }

    void configure(Configuration configuration) {
        configure(configuration, storage == null ? "file:///none" : storage);
    }

    /** Tells Flink's client how to find the leader; it stores nothing. */
    public void configureClient(Configuration configuration) {
        configure(configuration, "file:///none");
    }

    private void configure(Configuration configuration, String folder) {
        configuration.set(HighAvailabilityOptions.HA_MODE, "zookeeper");
        configuration.set(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM, quorum);
        configuration.set(HighAvailabilityOptions.HA_ZOOKEEPER_ROOT, root);
        configuration.set(HighAvailabilityOptions.HA_CLUSTER_ID, "/cluster");
        configuration.set(HighAvailabilityOptions.HA_STORAGE_PATH, folder);
        configuration.set(HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT, SESSION_TIMEOUT);
        // A short loss of the connection to ZooKeeper is no reason to give up jobs that run.
        configuration.set(HighAvailabilityOptions.ZOOKEEPER_TOLERATE_SUSPENDED_CONNECTIONS, true);
    }

    /** A folder or URL as a URL. */
    static String location(String folderOrUrl) {
        return folderOrUrl.matches("[a-zA-Z][a-zA-Z0-9+.-]+:/.*")
                ? URI.create(folderOrUrl).toString()
                : Path.of(folderOrUrl).toAbsolutePath().normalize().toUri().toString();
    }

    @Override
    public String toString() {
        return SCHEME + quorum + root;
    }
}
