package io.laminar.cli;

import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.JobSummary;
import io.laminar.flink.runtime.RunningJob;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** Lists the jobs of a cluster. */
@Command(
        name = "jobs",
        description = "List the jobs of a Flink cluster; stop, save or scale one.",
        mixinStandardHelpOptions = true,
        subcommands = {
            JobsCommand.Stop.class,
            JobSavepointCommand.class,
            JobStagesCommand.class,
            JobRescaleCommand.class,
            JobAutoscaleCommand.class
        },
        footer = {
            "",
            "These are the jobs of a cluster, as 'laminar run --cluster' starts them. Those of a server ('laminar serve') are",
            "in 'laminar job'.",
            "",
            "Examples:",
            "  laminar jobs --cluster http://localhost:8081",
            "  laminar jobs --cluster http://localhost:8081 stop 5f3a",
            "  laminar jobs savepoint 5f3a --to /shared/savepoints",
            "  laminar jobs rescale 5f3a -p 4 window-aggregate=8"
        })
final class JobsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--cluster",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "As laminar run takes it. Default: ${DEFAULT-VALUE}.")
    private String cluster = "http://localhost:8081";

    JobsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (JobRuntime runtime = connect()) {
            PrintStream out = terminal.out();
            for (JobSummary job : runtime.jobs()) {
                out.printf(
                        "%s  %-12s %s  %s%n",
                        job.id(), job.state(), job.started().truncatedTo(ChronoUnit.SECONDS), job.name());
            }
            return ExitCode.DONE;
        }
    }

    /** Connects to the cluster the user named. */
    JobRuntime connect() throws InterruptedException {
        LogFile.choose(null);
        LoggerFactory.getILoggerFactory();
        return JobRuntime.connect(cluster);
    }

    /** Stops one of them. */
    @Command(
            name = "stop",
            description = "Stop a job: after a savepoint if it has a state folder, otherwise at once.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar jobs stop 5f3a --now"})
    static final class Stop implements Callable<Integer> {
        private final Terminal terminal;

        @picocli.CommandLine.ParentCommand
        private @org.jspecify.annotations.Nullable JobsCommand jobs;

        @Parameters(paramLabel = "ID", description = "The job's id, or its first digits.")
        private String id = "";

        @Option(names = "--now", description = "At once, without a savepoint; its last checkpoint is kept.")
        private boolean now;

        Stop(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws InterruptedException {
            try (JobRuntime runtime = java.util.Objects.requireNonNull(jobs).connect()) {
                RunningJob job = runtime.find(id);
                if (now) {
                    job.cancel();
                } else {
                    job.stop();
                }
                terminal.err().println("stopped " + job.id());
                return ExitCode.DONE;
            }
        }
    }
}
