package io.laminar.cli;

import io.laminar.cli.output.OutputFormat;
import io.laminar.cli.output.Preview;
import io.laminar.cli.progress.ProgressLine;
import io.laminar.flink.cluster.ClusterSize;
import io.laminar.flink.operator.BuiltinOperators;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.StateReport;
import io.laminar.flink.translate.JobSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.CompiledPipeline;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a pipeline, in this process or on a cluster, to its end or until Ctrl-C. */
@Command(
        name = "run",
        description = "Run a pipeline, here or on a cluster, to its end or until Ctrl-C.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Rows of a plain SELECT are printed; INSERT INTO writes where its table says.",
            "With --state, Ctrl-C saves the state and stops, and the same command goes on from there.",
            "A second Ctrl-C stops at once: what came since the last checkpoint is done again then, and nothing is",
            "lost; without --state nothing is kept. On a cluster it only ends the waiting.",
            "",
            "With --cluster the work is done by a cluster (laminar coordinator, laminar worker, or any Flink of the same",
            "version); it starts again by itself when workers are lost.",
            "",
            "Examples:",
            "  laminar run examples/flights.sql",
            "  laminar run -p 2 --state my.state my.sql",
            "  laminar run --state my.state --compare my.sql",
            "  laminar run --cluster http://localhost:8081 -p 4 --state /shared/my.state --detached my.sql",
            "  echo \"SELECT 1 + 1\" | laminar run - --output json"
        })
final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private SqlFile file = new SqlFile();

    @Option(
            names = {"-p", "--parallelism"},
            paramLabel = "N",
            description = "Subtasks of every operator; overrides SET parallelism.")
    private @Nullable Integer parallelism;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Folder for checkpoints, here or s3://bucket/folder. If there are any, the pipeline goes on from the"
                            + " last.")
    private @Nullable String state;

    @Option(
            names = "--from",
            paramLabel = "SAVEPOINT",
            description = "Start from a savepoint; 'laminar savepoints DIR' lists them.")
    private @Nullable String from;

    @Option(
            names = "--drop-state",
            description = "Go on if the saved state has operators that the pipeline no longer has: their state is"
                    + " dropped instead of refused.")
    private boolean dropState;

    @Option(
            names = "--compare",
            description = "Only say what the saved state means for the pipeline: which operators go on with theirs,"
                    + " which start empty, which are dropped.")
    private boolean compare;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the job. Default: the file's name.")
    private @Nullable String name;

    @Option(
            names = "--cluster",
            paramLabel = "URL",
            description = "Run on a cluster: http://host:port of its coordinator (several separated by commas), or"
                    + " zookeeper://host:port/path.")
    private @Nullable String cluster;

    @Option(names = "--detached", description = "With --cluster: start the job, print its id, and leave it running.")
    private boolean detached;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "How rows are printed: ${COMPLETION-CANDIDATES}. Default: table.")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(names = "--quiet", description = "No progress and no summary.")
    private boolean quiet;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (parallelism != null && (parallelism < 1 || parallelism > JobSettings.DEFAULT_MAX_PARALLELISM)) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "-p takes a number from 1 to " + JobSettings.DEFAULT_MAX_PARALLELISM + ", not " + parallelism);
        }
        if (detached && cluster == null) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "--detached leaves a job running in a cluster, and there is none",
                    "add --cluster http://host:8081; 'laminar coordinator' starts one");
        }
        // The log of a process here; what a cluster does is in the logs of its own processes.
        LogFile.choose(cluster == null ? state : null);
        // Before the cluster starts in a thread of its own: logging must not be set up by two threads at once.
        LoggerFactory.getILoggerFactory();
        SqlSource source = file.read(terminal);
        try (ClusterStart start = cluster == null ? ClusterStart.begin(slots()) : ClusterStart.connect(cluster)) {
            CompiledPipeline pipeline = Planning.compile(source, file.settings());
            pipeline.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
            Explanations.print(pipeline, terminal.out());
            if (pipeline.plan().sinks().isEmpty()) {
                return ExitCode.DONE;
            }
            return run(pipeline.plan(), start);
        }
    }

    /** What the text may ask for is not known yet; more slots than needed cost little. */
    private int slots() {
        return parallelism == null ? Math.max(2, Runtime.getRuntime().availableProcessors()) : parallelism;
    }

    private int run(StreamPlan plan, ClusterStart start) throws InterruptedException {
        JobRequest request = JobRequest.of(name == null ? file.name() : name, plan, BuiltinOperators.INSTANCE, state);
        if (parallelism != null) {
            request = request.withSettings(request.settings().withParallelism(parallelism));
        }
        if (cluster != null) {
            // Laid out with exchanges even for one subtask, so that it can be given more while it runs.
            request = request.withRestarts(JobRequest.KEEP_TRYING)
                    .withSettings(request.settings().withChained(false));
            RemoteChecks.check(plan, detached, line -> terminal.err().println(line));
        }
        request = request.startingFrom(from).droppingState(dropState);
        if (compare) {
            List<String> lines =
                    JobRuntime.compare(request).map(StateReport::lines).orElse(List.of("there is no saved state"));
            lines.forEach(terminal.out()::println);
            return ExitCode.DONE;
        }
        ProgressLine progress = new ProgressLine(
                terminal.err(), terminal.errIsTerminal() && !quiet, terminal.width(), System::nanoTime);
        int width = terminal.outIsTerminal() ? terminal.width() : 0;
        try (Preview preview = new Preview(output, terminal.out(), width, progress::clear)) {
            preview.listen(plan);
            JobRuntime runtime = start.runtime(ClusterSize.of(plan, request.settings()));
            Run run = new Run(runtime, request, preview, progress, cluster != null);
            return detached ? run.detached(terminal.out()) : run.toItsEnd();
        }
    }
}
