package io.laminar.flink.cluster;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
import org.apache.flink.runtime.entrypoint.ClusterEntrypointException;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.util.ExceptionUtils;

/**
 * The process that takes jobs and hands their work to workers. It runs in this JVM: one process, which gets the signals
 * and is killed as a whole.
 */
public final class Coordinator implements AutoCloseable {
    private final StandaloneSessionClusterEntrypoint entrypoint;
    private final CoordinatorSettings settings;
    private final Path temporary;

    private Coordinator(StandaloneSessionClusterEntrypoint entrypoint, CoordinatorSettings settings, Path temporary) {
        this.entrypoint = entrypoint;
        this.settings = settings;
        this.temporary = temporary;
    }

    /**
     * Returns when it takes jobs.
     *
     * @throws LaminarException USAGE if a port is taken or an address is not one of this machine
     */
    public static Coordinator start(CoordinatorSettings settings) {
        checkPort(settings.bind(), settings.port(), "--port");
        checkPort(settings.bind(), settings.restPort(), "--rest-port");
        Path temporary;
        try {
            temporary = TemporaryFolder.create();
        } catch (IOException e) {
            throw TemporaryFolder.unusable(e);
        }
        Configuration configuration = ProcessConfiguration.coordinator(settings, temporary);
        Coordinator coordinator =
                new Coordinator(new StandaloneSessionClusterEntrypoint(configuration), settings, temporary);
        try {
            coordinator.entrypoint.startCluster();
            return coordinator;
        } catch (ClusterEntrypointException e) {
            Folders.delete(temporary);
            throw failure(e);
        }
    }

    private static LaminarException failure(Exception e) {
        Throwable cause = ExceptionUtils.findThrowable(e, BindException.class)
                .<Throwable>map(found -> found)
                .orElseGet(() -> innermost(e));
        return new LaminarException(
                ErrorCode.JOB_FAILED,
                "the coordinator cannot start: " + cause.getMessage(),
                null,
                "the log has the details",
                e);
    }

    private static Throwable innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Flink would say it deep in a stack trace, and take seconds for that. */
    private static void checkPort(String bind, int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
        } catch (UnknownHostException e) {
            throw new LaminarException(
                    ErrorCode.USAGE, "there is no address '" + bind + "'", "--bind takes an address of this machine");
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("in use")) {
                throw new LaminarException(
                        ErrorCode.USAGE,
                        "port " + port + " of " + bind + " is taken by another process",
                        "is a coordinator running there already? " + option + " chooses another port");
            }
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "cannot listen at " + bind + ":" + port + ": " + e.getMessage(),
                    "--bind takes an address of this machine");
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.USAGE, "cannot listen at " + bind + ":" + port + ": " + e.getMessage());
        }
    }

    /** Where clients and joining workers ask. */
    public ClusterAddress address() {
        return new ClusterAddress(false, settings.host(), entrypoint.getRestPort());
    }

    /**
     * Waits until it ends.
     *
     * @return whether it ended because it was asked to
     */
    public boolean await() throws InterruptedException {
        try {
            return entrypoint.getTerminationFuture().get() != ApplicationStatus.FAILED;
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            Folders.delete(temporary);
        }
    }

    /** Ends the process's services. Jobs end with it, unless another coordinator stands in. */
    @Override
    public void close() {
        var unused = entrypoint.closeAsync();
    }
}
