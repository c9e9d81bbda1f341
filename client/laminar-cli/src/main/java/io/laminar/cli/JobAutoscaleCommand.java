package io.laminar.cli;

import io.laminar.flink.runtime.Autoscaler;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.flink.scale.ScalingLimits;
import io.laminar.plan.PipelineSettings;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Watches a running job and gives it the subtasks its load asks for. */
@Command(
        name = "autoscale",
        description = "Watch a job and give its operators the subtasks their load asks for, until the job ends or"
                + " Ctrl-C. Prints every decision and its reason.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  laminar jobs autoscale 5f3a"})
final class JobAutoscaleCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand
    private @Nullable JobsCommand jobs;

    @Parameters(paramLabel = "ID", description = "The job's id, or its first digits.")
    private String id = "";

    @Option(names = "--min", paramLabel = "N", description = "Fewest subtasks of an operator. Default: 1.")
    private long min = 1;

    @Option(
            names = "--max",
            paramLabel = "N",
            description = "Most subtasks of an operator. Default: what the cluster has room for.")
    private @Nullable Long max;

    @Option(
            names = "--target",
            paramLabel = "PERCENT",
            description = "How much of the time a subtask should be busy. Default: 70.")
    private long target = 70;

    JobAutoscaleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        PipelineSettings settings = PipelineSettings.DEFAULTS
                .with(PipelineSettings.AUTOSCALE, true)
                .with(PipelineSettings.AUTOSCALE_MIN, min)
                .with(PipelineSettings.AUTOSCALE_TARGET, target);
        if (max != null) {
            settings = settings.with(PipelineSettings.AUTOSCALE_MAX, max);
        }
        ScalingLimits limits = ScalingLimits.of(settings).orElseThrow();
        try (JobRuntime runtime = Objects.requireNonNull(jobs).connect()) {
            RunningJob job = runtime.find(id);
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
            try {
                new Autoscaler(job, limits, Clock.systemUTC(), decision -> terminal.out()
                                .println(decision.at() + "  " + decision))
                        .start(timer);
                job.await();
            } finally {
                timer.shutdownNow();
            }
            return ExitCode.DONE;
        }
    }
}
