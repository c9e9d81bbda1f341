package io.laminar.cli;

import io.laminar.flink.cluster.Coordinator;
import io.laminar.flink.cluster.CoordinatorSettings;
import io.laminar.flink.cluster.HighAvailability;
import io.laminar.flink.cluster.ProcessMemory;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the process of a cluster that takes jobs. */
@Command(
        name = "coordinator",
        description = "Start a cluster: the process that takes jobs and hands their work to workers.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Whoever reaches its ports can run code in the cluster: other machines reach them only with --bind.",
            "",
            "Examples:",
            "  laminar coordinator",
            "  laminar coordinator --bind 0.0.0.0 --host cluster.example.com --checkpoints s3://bucket/laminar",
            "  laminar coordinator --ha zookeeper://zk:2181/laminar --ha-storage /shared/ha"
        })
final class CoordinatorCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--bind", paramLabel = "ADDR", description = "Address to listen at. Default: ${DEFAULT-VALUE}.")
    private String bind = "localhost";

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "Name by which workers and clients reach this process. Default: the address it listens at,"
                    + " or this machine's name if that is 0.0.0.0.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "P", description = "Port for workers. Default: ${DEFAULT-VALUE}.")
    private int port = CoordinatorSettings.DEFAULT_PORT;

    @Option(
            names = "--rest-port",
            paramLabel = "P",
            description = "Port for clients, and for workers that join. Default: ${DEFAULT-VALUE}.")
    private int restPort = io.laminar.flink.cluster.ClusterAddress.DEFAULT_PORT;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Folder or URL for the checkpoints of jobs without --state; all machines must see it.")
    private @Nullable String checkpoints;

    @Option(
            names = "--ha",
            paramLabel = "URL",
            description = "ZooKeeper, as zookeeper://host:port/path. Coordinators with the same URL stand in for each"
                    + " other.")
    private @Nullable String highAvailability;

    @Option(
            names = "--ha-storage",
            paramLabel = "DIR",
            description = "Folder or URL that all those coordinators see: what they need to go on with the jobs.")
    private @Nullable String storage;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Memory of the process, for example 1g. Default: a quarter of the machine, 1.5 GB at most.")
    private @Nullable String memory;

    @Mixin
    private FlinkSettings flink = new FlinkSettings();

    CoordinatorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        ProcessMemory.coordinator(memory == null ? ProcessMemory.defaultForCoordinator() : ProcessMemory.parse(memory));
        CoordinatorSettings settings = settings();
        flink.beginLog();
        LoggerFactory.getILoggerFactory();
        if (!settings.isLocal()) {
            terminal.err()
                    .println("warning: whoever reaches " + settings.bind() + ":" + restPort
                            + " can run code in this cluster; keep it in a network of your own");
        }
        Coordinator coordinator = Coordinator.start(settings);
        Interrupts.handle(coordinator::close);
        terminal.err().println("coordinator: " + coordinator.address() + " takes jobs and workers");
        boolean asked = coordinator.await();
        terminal.err().println("coordinator: ended");
        return asked ? ExitCode.DONE : ExitCode.FAILED;
    }

    private CoordinatorSettings settings() {
        if ((highAvailability == null) != (storage == null)) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "--ha and --ha-storage belong together",
                    "add " + (storage == null ? "--ha-storage DIR" : "--ha zookeeper://host:2181/laminar"));
        }
        for (int given : new int[] {port, restPort}) {
            if (given < 0 || given > 65535) {
                throw new LaminarException(ErrorCode.USAGE, given + " is not a port");
            }
        }
        HighAvailability ha = highAvailability == null ? null : HighAvailability.parse(highAvailability, storage);
        String folder = checkpoints == null && ha != null ? ha.storage() + "/jobs" : checkpoints;
        CoordinatorSettings settings =
                new CoordinatorSettings(bind, name(), port, restPort, ha, folder, flink.settings());
        if (!settings.isLocal() && folder == null) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "workers on other machines need a place for checkpoints that all of them see",
                    "add --checkpoints with a shared folder or an s3:// URL");
        }
        return settings;
    }

    private String name() {
        if (host != null) {
            return host;
        } else if (!bind.equals("0.0.0.0") && !bind.equals("::")) {
            return bind;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "this machine's name has no address, so others could not reach the coordinator by it",
                    "add --host with a name or address by which they do");
        }
    }
}
