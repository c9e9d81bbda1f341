package io.laminar.flink.cluster;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.highavailability.ClientHighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalListener;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.jspecify.annotations.Nullable;

/** Asks ZooKeeper which coordinator leads. */
final class Leader {
    private static final long LIMIT_SECONDS = 20;

    private Leader() {}

    /** @throws LaminarException CLUSTER_UNREACHABLE */
    @SuppressWarnings("try") // close() of Flink's services is declared to throw everything
    static ClusterAddress find(HighAvailability ha) throws InterruptedException {
        Configuration configuration = new Configuration();
        ha.configureClient(configuration);
        CompletableFuture<String> leader = new CompletableFuture<>();
        try (ClientHighAvailabilityServices services =
                HighAvailabilityServicesUtils.createClientHAService(configuration, leader::completeExceptionally)) {
            LeaderRetrievalService retrieval = services.getClusterRestEndpointLeaderRetriever();
            retrieval.start(new LeaderRetrievalListener() {
                @Override
                public void notifyLeaderAddress(@Nullable String address, java.util.@Nullable UUID session) {
                    if (address != null && !address.isEmpty()) {
                        leader.complete(address);
                    }
                }

                @Override
                public void handleError(Exception failure) {
                    leader.completeExceptionally(failure);
                }
            });
            try {
                return ClusterAddress.parse(leader.get(LIMIT_SECONDS, TimeUnit.SECONDS));
            } finally {
                retrieval.stop();
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (TimeoutException e) {
            throw unreachable(ha, "no coordinator leads there", e);
        } catch (ExecutionException e) {
            throw unreachable(
                    ha, String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (Exception e) {
            throw unreachable(ha, String.valueOf(e.getMessage()), e);
        }
    }

    private static LaminarException unreachable(HighAvailability ha, String why, Exception e) {
        return new LaminarException(
                ErrorCode.CLUSTER_UNREACHABLE, "no coordinator is found by " + ha + ": " + why, null, null, e);
    }
}
