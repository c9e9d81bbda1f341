package io.laminar.flink.cluster;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.jspecify.annotations.Nullable;

/**
 * The process that does the work of jobs. It runs in this JVM: one process, which gets the signals and is killed as a
 * whole. A worker waits for a coordinator that is not there yet, and finds one again that went away.
 */
public final class Worker implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final long FIRST_WAIT_MILLIS = 200;
    private static final long LONGEST_WAIT_MILLIS = 2_000;

    private final WorkerSettings settings;
    private final Consumer<String> say;
    private final String id = "worker-" + UUID.randomUUID().toString().substring(0, 13);
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable TaskManagerRunner runner;

    /** @param say is told, in a line each, what somebody who watches should know */
    public Worker(WorkerSettings settings, Consumer<String> say) {
        this.settings = settings;
        this.say = say;
    }

    /** What a worker has to know of its coordinator. */
    private record Found(ClusterAddress address, Map<String, String> settings, String localAddress) {}

    /**
     * Joins the cluster and works until it is closed.
     *
     * @return whether it ended because it was asked to
     * @throws LaminarException CLUSTER_MISMATCH if the coordinator is another build of Laminar
     */
    public boolean run() throws InterruptedException {
        Path temporary;
        try {
            temporary = TemporaryFolder.create();
        } catch (IOException e) {
            throw TemporaryFolder.unusable(e);
        }
        try {
            Found coordinator = await();
            return coordinator == null || work(coordinator, temporary);
        } finally {
            Folders.delete(temporary);
        }
    }

    private @Nullable Found await() throws InterruptedException {
        boolean said = false;
        for (long wait = FIRST_WAIT_MILLIS; ; wait = Math.min(LONGEST_WAIT_MILLIS, wait * 2)) {
            IOException last = new IOException("no address");
            for (ClusterAddress address : settings.coordinators()) {
                try {
                    return find(address);
                } catch (IOException e) {
                    last = e;
                }
            }
            if (!said) {
                say.accept("waiting for the coordinator at " + names() + " (" + last.getMessage() + ")");
                said = true;
            }
            if (closing.await(wait, TimeUnit.MILLISECONDS)) {
                return null;
            }
        }
    }

    private String names() {
        return String.join(
                ", ",
                settings.coordinators().stream().map(ClusterAddress::toString).toList());
    }

    private static Found find(ClusterAddress address) throws IOException, InterruptedException {
        String local;
        try (Socket socket = new Socket()) {
            // Resolved at every try: a name may come to mean another address.
            socket.connect(
                    new InetSocketAddress(InetAddress.getByName(address.host()), address.port()), CONNECT_MILLIS);
            local = socket.getLocalAddress().getHostAddress();
        } catch (java.net.UnknownHostException e) {
            throw new IOException("there is no host '" + address.host() + "'", e);
        }
        try (CoordinatorQuery query = new CoordinatorQuery(address)) {
            String flink = query.flinkVersion();
            Map<String, String> shown = query.settings();
            check(address, flink, shown.get(BuildIdentity.KEY));
            return new Found(address, shown, local);
        }
    }

    /** Jobs are submitted without their jars to a cluster of the same build, so all its processes must have the same. */
    private static void check(ClusterAddress address, String flink, @Nullable String build) {
        String own = BuildIdentity.ofThisProcess();
        if (!flink.equals(EnvironmentInformation.getVersion())) {
            throw new LaminarException(
                    ErrorCode.CLUSTER_MISMATCH,
                    "the coordinator at " + address + " is Flink " + flink + ", this worker is Flink "
                            + EnvironmentInformation.getVersion(),
                    "start both from the same Laminar");
        } else if (build != null && own != null && !build.equals(own)) {
            throw new LaminarException(
                    ErrorCode.CLUSTER_MISMATCH,
                    "the coordinator at " + address + " is build " + build + " of Laminar, this worker is build " + own,
                    "start both from the same Laminar");
        }
    }

    private boolean work(Found coordinator, Path temporary) throws InterruptedException {
        Configuration configuration =
                ProcessConfiguration.worker(settings, coordinator.settings(), coordinator.localAddress(), temporary);
        configuration.set(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID, id);
        TaskManagerRunner started = start(configuration);
        announce(coordinator.address(), started);
        try {
            return started.getTerminationFuture().get() != TaskManagerRunner.Result.FAILURE;
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private synchronized TaskManagerRunner start(Configuration configuration) {
        try {
            PluginManager plugins = PluginUtils.createPluginManagerFromRootFolder(configuration);
            FileSystem.initialize(configuration, plugins);
            TaskManagerRunner made =
                    new TaskManagerRunner(configuration, plugins, TaskManagerRunner::createTaskExecutorService);
            made.start();
            runner = made;
            if (closing.getCount() == 0) {
                var unused = made.closeAsync();
            }
            return made;
        } catch (Exception e) {
            throw failure(e);
        }
    }

    private static LaminarException failure(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return new LaminarException(
                ErrorCode.JOB_FAILED,
                "the worker cannot work: " + cause.getMessage(),
                null,
                "the log has the details",
                e);
    }

    /** Says when the coordinator knows this worker; there is no other sign of it. */
    private void announce(ClusterAddress coordinator, TaskManagerRunner started) throws InterruptedException {
        try (CoordinatorQuery query = new CoordinatorQuery(coordinator)) {
            while (!started.getTerminationFuture().isDone()) {
                if (isKnown(query)) {
                    say.accept("joined " + coordinator + " with " + settings.slots()
                            + (settings.slots() == 1 ? " slot" : " slots"));
                    return;
                } else if (closing.await(FIRST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        }
    }

    private boolean isKnown(CoordinatorQuery query) throws InterruptedException {
        try {
            return query.knows(id);
        } catch (IOException e) {
            // It went away again: the worker keeps trying to join.
            return false;
        }
    }

    /** Ends the work; what ran here goes on elsewhere. */
    @Override
    public synchronized void close() {
        closing.countDown();
        if (runner != null) {
            var unused = runner.closeAsync();
        }
    }
}
