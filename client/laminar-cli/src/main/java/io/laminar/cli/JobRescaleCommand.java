package io.laminar.cli;

import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.flink.scale.Parallelisms;
import io.laminar.flink.scale.Stage;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Gives a running job more or fewer subtasks. */
@Command(
        name = "rescale",
        description = "Give a running job more or fewer subtasks, in one step from a checkpoint.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Operators are named as 'laminar jobs stages ID' shows them: by the stage, its first digits, or an operator.",
            "",
            "Examples:",
            "  laminar jobs rescale 5f3a -p 4",
            "  laminar jobs rescale 5f3a window-aggregate=8",
        })
final class JobRescaleCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand
    private @Nullable JobsCommand jobs;

    @Parameters(index = "0", paramLabel = "ID", description = "The job's id, or its first digits.")
    private String id = "";

    @Parameters(index = "1..*", paramLabel = "OPERATOR=N", arity = "0..*", description = "Subtasks of one operator.")
    private Map<String, Integer> operators = new TreeMap<>();

    @Option(
            names = {"-p", "--parallelism"},
            paramLabel = "N",
            description = "Subtasks of every operator that is not named.")
    private @Nullable Integer parallelism;

    JobRescaleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (parallelism == null && operators.isEmpty()) {
            throw new LaminarException(
                    ErrorCode.USAGE, "how many subtasks?", "-p N for all operators, or OPERATOR=N for some");
        }
        try (JobRuntime runtime = Objects.requireNonNull(jobs).connect()) {
            RunningJob job = runtime.find(id);
            job.rescale(new Parallelisms(parallelism, operators));
            String now = job.stages().stages().stream()
                    .map((Stage stage) -> stage.parallelism() + "  " + stage.name())
                    .collect(Collectors.joining(System.lineSeparator()));
            terminal.err().println(now);
            return ExitCode.DONE;
        }
    }
}
