package io.laminar.cli;

import io.laminar.flink.cluster.ClusterAddress;
import io.laminar.flink.cluster.ProcessMemory;
import io.laminar.flink.cluster.Worker;
import io.laminar.flink.cluster.WorkerSettings;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a process of a cluster that does work. */
@Command(
        name = "worker",
        description = "Join a cluster: a process that does the work of jobs.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A worker waits for a coordinator that is not there yet, and finds it again if it goes away.",
            "",
            "Examples:",
            "  laminar worker --join localhost:8081",
            "  laminar worker --join a:8081,b:8081 --slots 8 --memory 16g"
        })
final class WorkerCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--join",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The coordinator's REST address; several, separated by commas, if they stand in for each"
                    + " other.")
    private String join = "";

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Subtasks of one operator that run here. Default: the number of cores.")
    private int slots = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Memory of the process, for example 4g. Default: three quarters of the machine.")
    private @Nullable String memory;

    @Option(
            names = "--bind",
            paramLabel = "ADDR",
            description = "Address to listen at. Default: the one from which it reaches the coordinator.")
    private @Nullable String bind;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "Name by which the others reach this process. Default: its address.")
    private @Nullable String host;

    @Mixin
    private FlinkSettings flink = new FlinkSettings();

    WorkerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (slots < 1 || slots > 1024) {
            throw new LaminarException(ErrorCode.USAGE, "--slots takes a number from 1 to 1024, not " + slots);
        }
        ProcessMemory divided = ProcessMemory.worker(
                memory == null ? ProcessMemory.defaultForWorker() : ProcessMemory.parse(memory), slots);
        WorkerSettings settings =
                new WorkerSettings(ClusterAddress.parseAll(join), bind, host, slots, divided, flink.settings());
        flink.beginLog();
        LoggerFactory.getILoggerFactory();
        Worker worker = new Worker(settings, line -> terminal.err().println("worker: " + line));
        Interrupts.handle(worker::close);
        boolean asked = worker.run();
        terminal.err().println("worker: ended");
        return asked ? ExitCode.DONE : ExitCode.FAILED;
    }
}
