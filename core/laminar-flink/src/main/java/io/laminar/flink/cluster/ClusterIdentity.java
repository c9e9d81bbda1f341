package io.laminar.flink.cluster;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that has been found to take jobs of this process.
 *
 * @param address as the user gave it
 * @param found a coordinator that answers
 * @param highAvailability where its leader is looked up; null for a fixed coordinator
 * @param build of Laminar in the cluster; null if there is none
 */
public record ClusterIdentity(
        String address,
        ClusterAddress found,
        @Nullable HighAvailability highAvailability,
        @Nullable String build) {
    private static final int ATTEMPTS = 60;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * Asks who is there.
     *
     * @param address {@code http://host:port}, several of them separated by commas, or {@code zookeeper://...}
     * @throws LaminarException USAGE for a text that is no address, CLUSTER_UNREACHABLE, CLUSTER_MISMATCH for a version
     *     of Flink that does not take jobs of this one
     */
    public static ClusterIdentity find(String address) throws InterruptedException {
        HighAvailability ha = HighAvailability.isMeant(address) ? HighAvailability.parse(address, null) : null;
        List<ClusterAddress> candidates = ha == null ? ClusterAddress.parseAll(address) : List.of(Leader.find(ha));
        List<String> problems = new ArrayList<>();
        for (ClusterAddress candidate : candidates) {
            try (CoordinatorQuery query = new CoordinatorQuery(candidate)) {
                checkVersion(candidate, query.flinkVersion());
                return new ClusterIdentity(
                        address, candidate, ha, query.settings().get(BuildIdentity.KEY));
            } catch (IOException e) {
                problems.add(candidate + ": " + e.getMessage());
            }
        }
        throw new LaminarException(
                ErrorCode.CLUSTER_UNREACHABLE,
                "no coordinator answers at " + String.join("; ", problems),
                "'laminar coordinator' starts one; --cluster takes the address that it prints");
    }

    private static void checkVersion(ClusterAddress address, @Nullable String version) {
        String own = EnvironmentInformation.getVersion();
        if (version == null || !minor(version).equals(minor(own))) {
            throw new LaminarException(
                    ErrorCode.CLUSTER_MISMATCH,
                    "the cluster at " + address + " runs Flink " + version + "; jobs of this Laminar need Flink "
                            + minor(own),
                    "start a cluster with 'laminar coordinator' and 'laminar worker', or with Flink " + minor(own));
        }
    }

    private static String minor(String version) {
        String[] parts = version.split("\\.");
        return parts.length < 2 ? version : parts[0] + '.' + parts[1];
    }

    /** Whether all processes of the cluster have the same jars as this one. */
    public boolean isSameBuild() {
        return build != null && build.equals(BuildIdentity.ofThisProcess());
    }

    /** For a client that stays with the cluster when its coordinator goes away for a while. */
    public Configuration clientConfiguration() {
        Configuration configuration = new Configuration();
        found.configure(configuration);
        if (highAvailability != null) {
            highAvailability.configureClient(configuration);
        }
        configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, ATTEMPTS);
        configuration.set(RestOptions.RETRY_DELAY, PAUSE);
        return configuration;
    }
}
