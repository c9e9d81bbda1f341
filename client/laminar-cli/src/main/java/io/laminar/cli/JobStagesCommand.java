package io.laminar.cli;

import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.flink.scale.Stage;
import io.laminar.flink.scale.StageGraph;
import io.laminar.flink.scale.StageLoad;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what can be given more or fewer subtasks. */
@Command(
        name = "stages",
        description = "Show the stages of a job: operators that run in the same subtasks, and how busy they are.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  laminar jobs stages 5f3a"})
final class JobStagesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand
    private @Nullable JobsCommand jobs;

    @Parameters(paramLabel = "ID", description = "The job's id, or its first digits.")
    private String id = "";

    JobStagesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (JobRuntime runtime = Objects.requireNonNull(jobs).connect()) {
            RunningJob job = runtime.find(id);
            StageGraph graph = job.stages();
            Map<String, StageLoad> loads = job.loads();
            terminal.out().printf("%-8s  %8s  %5s  %s%n", "stage", "subtasks", "busy", "operators");
            for (Stage stage : graph.stages()) {
                StageLoad load = loads.get(stage.id());
                terminal.out()
                        .printf(
                                Locale.ROOT,
                                "%-8s  %8s  %5s  %s%n",
                                stage.id().substring(0, 8),
                                graph.isSingle(stage) ? "always 1" : stage.parallelism(),
                                load == null ? "" : Math.round(load.busy() * 100) + "%",
                                stage.name());
            }
            return ExitCode.DONE;
        }
    }
}
