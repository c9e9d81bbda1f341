package io.laminar.cli;

import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.Savepoint;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Saves the state of a running job. */
@Command(
        name = "savepoint",
        description = "Save the state of a job, which goes on; prints the folder of the savepoint.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "'laminar run --from FOLDER' starts a job from a savepoint, 'laminar savepoints' lists them.",
            "",
            "Example:",
            "  laminar jobs savepoint 5f3a --to /shared/savepoints"
        })
final class JobSavepointCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand
    private @Nullable JobsCommand jobs;

    @Parameters(paramLabel = "ID", description = "The job's id, or its first digits.")
    private String id = "";

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder that gets a folder for the savepoint; the processes of the cluster have to see it."
                    + " Default: the job's state folder.")
    private @Nullable String folder;

    JobSavepointCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (JobRuntime runtime = Objects.requireNonNull(jobs).connect()) {
            Savepoint savepoint = runtime.find(id).savepoint(folder);
            terminal.out().println(savepoint.path());
            return ExitCode.DONE;
        }
    }
}
