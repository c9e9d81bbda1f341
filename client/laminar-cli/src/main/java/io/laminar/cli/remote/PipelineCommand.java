package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.cli.SqlSource;
import io.laminar.cli.output.OutputFormat;
import io.laminar.client.LaminarClient;
import io.laminar.client.Refusals;
import io.laminar.client.model.ChangeResult;
import io.laminar.client.model.NewPipeline;
import io.laminar.client.model.NewPreview;
import io.laminar.client.model.PipelineChange;
import io.laminar.client.model.PipelineResource;
import io.laminar.client.model.QueryText;
import io.laminar.client.model.QueryValidation;
import io.laminar.client.model.StartPipeline;
import io.laminar.client.model.StateReportResource;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Pipelines of a server. */
@Command(
        name = "pipeline",
        description = "Pipelines of a server: create, start, stop, change them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A pipeline is named by its name or its id.",
            "",
            "Examples:",
            "  laminar pipeline create -f flights.sql --name flights",
            "  laminar pipeline list --state Failed --output json",
            "  laminar pipeline stop flights --mode graceful --wait",
            "  laminar pipeline edit flights -f flights.sql --dry-run     which state would be kept",
            "  laminar pipeline tail flights",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong arguments or SQL."
        })
public final class PipelineCommand implements Runnable {
    private static final String[] COLUMNS = {"id", "name", "state", "parallelism", "version", "updated_at"};
    private static final String[] ERRORS = {"details.line", "details.column", "code", "message", "details.hint"};
    private static final String NAME = "Name or id of the pipeline.";
    private static final String FILE = "File with SQL; - reads the standard input.";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Usage.print(spec);
    }

    @Command(
            name = "list",
            description = "List the pipelines.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar pipeline list --state Running",
                "  laminar pipeline list --name 'fl*' --output json"
            })
    int list(
            @Mixin ServerChoice server,
            @Mixin NamePattern names,
            @Option(names = "--state", paramLabel = "STATE", description = "Only those in a state, such as Running.")
                    @Nullable
                    String state) {
        LaminarClient client = server.client();
        server.list(
                client,
                new Named(client).pipelines(names.text(), state),
                names.text() != null || state != null,
                "no pipelines yet: 'laminar pipeline create --name NAME -f FILE' makes one and starts it, 'laminar"
                        + " pipeline preview FILE' shows the rows of a query",
                COLUMNS);
        return ExitCode.DONE;
    }

    @Command(
            name = "create",
            description = "Create a pipeline and start it.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar pipeline create -f flights.sql --name flights -p 2"})
    int create(
            @Mixin ServerChoice server,
            @Mixin SqlFileOption file,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "Its name.") String name,
            @Mixin PipelineSize size,
            @Option(names = "--no-start", description = "Do not start it.") boolean rests,
            @Option(names = "--wait", description = "Wait until it runs.") boolean waits)
            throws InterruptedException {
        LaminarClient client = server.client();
        SqlText text = file.read();
        PipelineResource created = text.send(() -> client.pipelines(api -> api.postPipelines(new NewPipeline()
                .name(name)
                .query(text.text())
                .parallelism(size.parallelism())
                .checkpointIntervalMicros(size.checkpointIntervalMicros())
                .start(!rests))));
        print(server, client, waits && !rests ? Waiting.running(client, created) : created);
        return ExitCode.DONE;
    }

    private static void print(ServerChoice server, LaminarClient client, PipelineResource pipeline) {
        server.printer(client).list(List.of(pipeline), COLUMNS);
    }

    @Command(
            name = "show",
            description = "Show a pipeline with its query.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar pipeline show flights",
                "  laminar pipeline show flights --output json     with the graph of its operators"
            })
    int show(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        PipelineResource pipeline = new Named(client).pipeline(name);
        if (server.output() == OutputFormat.TABLE) {
            // The graph is for programs and for the console.
            pipeline.setGraph(null);
        }
        server.printer(client).show(pipeline, "query");
        return ExitCode.DONE;
    }

    @Command(
            name = "start",
            description = "Start a pipeline, from where it stopped.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar pipeline start flights --wait",
                "  laminar pipeline start flights --from nothing              from the beginning",
                "  laminar pipeline start flights --from file:/savepoints/a     from a savepoint"
            })
    int start(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin StateChoice state,
            @Option(
                            names = "--drop-state",
                            description =
                                    "Drop state that the query has no use for, instead of refusing" + " to start.")
                    boolean dropState,
            @Option(names = "--wait", description = "Wait until it runs.") boolean waits)
            throws InterruptedException {
        LaminarClient client = server.client();
        String id = new Named(client).pipeline(name).getId();
        PipelineResource started = client.pipelines(api -> api.postPipelinesIdStart(
                id, new StartPipeline().from(state.from()).dropState(dropState ? true : null)));
        print(server, client, waits ? Waiting.running(client, started) : started);
        return ExitCode.DONE;
    }

    @Command(
            name = "stop",
            description = "Stop a pipeline.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar pipeline stop flights --wait",
                "  laminar pipeline stop flights --mode graceful"
            })
    int stop(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin StopChoice how)
            throws InterruptedException {
        LaminarClient client = server.client();
        String id = new Named(client).pipeline(name).getId();
        PipelineResource stopping = client.pipelines(api -> api.postPipelinesIdStop(id, how.wish()));
        print(server, client, how.outcome(client, stopping));
        return ExitCode.DONE;
    }

    @Command(
            name = "restart",
            description = "Stop a pipeline, if it runs, and start it.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar pipeline restart flights --wait",
                "  laminar pipeline restart flights --from nothing"
            })
    int restart(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin RestartChoice how)
            throws InterruptedException {
        LaminarClient client = server.client();
        PipelineResource pipeline = new Named(client).pipeline(name);
        PipelineResource restarting = client.pipelines(api -> api.postPipelinesIdRestart(pipeline.getId(), how.wish()));
        print(server, client, how.outcome(client, restarting, pipeline.getJobId()));
        return ExitCode.DONE;
    }

    @Command(
            name = "edit",
            aliases = "update",
            description = "Change the query or the parallelism of a pipeline; state that still fits is kept.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar pipeline edit flights -f flights.sql --dry-run",
                "  laminar pipeline edit flights -p 4"
            })
    int edit(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(
                            names = {"-f", "--file"},
                            paramLabel = "FILE",
                            description = FILE)
                    @Nullable
                    String file,
            @Mixin PipelineSize size,
            @Option(
                            names = "--drop-state",
                            description = "Drop state that the new query has no use for, instead of"
                                    + " refusing the change.")
                    boolean dropState,
            @Option(names = "--dry-run", description = "Only say what would be.") boolean dryRun) {
        LaminarClient client = server.client();
        PipelineResource pipeline = new Named(client).pipeline(name);
        SqlText text = new SqlText(
                file == null ? new SqlSource(pipeline.getName(), "") : SqlSource.read(file, server.terminal()));
        PipelineChange change = new PipelineChange()
                .parallelism(size.parallelism())
                .checkpointIntervalMicros(size.checkpointIntervalMicros())
                .query(file == null ? null : text.text())
                .version(pipeline.getVersion())
                .dropState(dropState ? true : null);
        ChangeResult result = text.send(
                () -> client.pipelines(api -> api.patchPipelinesId(pipeline.getId(), change, dryRun ? true : null)));
        StateReportResource report = result.getStateReport();
        if (report != null) {
            PrintStream err = server.terminal().err();
            report.getKept().forEach(operator -> err.println("keeps its state: " + operator));
            report.getEmpty().forEach(operator -> err.println("starts empty: " + operator));
            report.getDropped().forEach(operator -> err.println("state is dropped: " + operator));
        }
        print(server, client, result.getPipeline());
        return ExitCode.DONE;
    }

    @Command(
            name = "delete",
            description = "Delete a pipeline that does not run, with its state.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar pipeline stop flights --wait && laminar pipeline delete flights"})
    int delete(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        PipelineResource pipeline = new Named(client).pipeline(name);
        client.deletePipeline(pipeline.getId());
        server.terminal().err().println("deleted " + pipeline.getName());
        return ExitCode.DONE;
    }

    @Command(
            name = "validate",
            description = "Say all errors of a query, as the server sees it: with its profiles, tables and functions.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "As json the answer has all: errors, warnings, what of the server is used, and the graph of the",
                "operators; as csv the errors. 'laminar validate' checks without a server, and draws the graph.",
                "",
                "Examples:",
                "  laminar pipeline validate flights.sql",
                "  laminar pipeline validate flights.sql --output json | jq .graph.edges",
                "",
                "Exit codes: 0 if there is no error, else 2."
            })
    int validate(@Mixin ServerChoice server, @Parameters(paramLabel = "FILE", description = FILE) String file) {
        LaminarClient client = server.client();
        SqlSource source = SqlSource.read(file, server.terminal());
        QueryValidation validation =
                client.pipelines(api -> api.postPipelinesValidateQuery(new QueryText().query(source.text())));
        if (server.output() != OutputFormat.TABLE) {
            ResourcePrinter printer = server.printer(client);
            if (server.output() == OutputFormat.JSON) {
                printer.show(validation);
            } else {
                printer.list(validation.getErrors(), ERRORS);
            }
            return validation.getValid() ? ExitCode.DONE : ExitCode.WRONG_INPUT;
        }
        if (!validation.getValid()) {
            var errors = validation.getErrors().stream().map(Refusals::of).toList();
            throw new SqlText(source).failure(errors, errors.get(0));
        }
        validation.getWarnings().forEach(warning -> server.terminal().err().println("warning: " + warning));
        server.terminal().out().println(source.name() + ": no errors");
        return ExitCode.DONE;
    }

    @Command(
            name = "preview",
            description = "Run a query on the server for a while and show its rows; nothing is written.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  echo 'SELECT * FROM orders' | laminar pipeline preview - --limit 10"})
    int preview(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "FILE", description = FILE) String file,
            @Option(names = "--limit", paramLabel = "N", description = "Rows at most. Default: 1000.") @Nullable
                    Integer limit,
            @Option(names = "--seconds", paramLabel = "N", description = "Seconds at most. Default: 60.") @Nullable
                    Integer seconds,
            @Option(names = "--enable-sinks", description = "Really write what INSERT INTO says.") boolean sinks) {
        LaminarClient client = server.client();
        NewPreview wanted = new NewPreview().limit(limit).seconds(seconds).enableSinks(sinks ? true : null);
        new RemotePreview(client, server.terminal(), server.output(), 0)
                .run(SqlSource.read(file, server.terminal()), wanted, events -> {});
        return ExitCode.DONE;
    }

    @Command(
            name = "jobs",
            description = "List the jobs of a pipeline, the latest first.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "A pipeline is what should run; a job is one run of it. 'laminar job' tells more of each.",
                "",
                "Examples:",
                "  laminar pipeline jobs flights",
                "  laminar pipeline jobs flights --output csv"
            })
    int jobs(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        Named named = new Named(client);
        server.printer(client).list(named.jobsOf(named.pipeline(name).getId()), JobCommand.COLUMNS);
        return ExitCode.DONE;
    }

    @Command(
            name = "versions",
            description = "List the queries a pipeline has had.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar pipeline versions flights"})
    int versions(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        String id = new Named(client).pipeline(name).getId();
        server.printer(client)
                .list(
                        client.pipelines(api -> api.getPipelinesIdVersions(id)).getData(),
                        "version",
                        "created_at",
                        "query");
        return ExitCode.DONE;
    }

    @Command(
            name = "logs",
            description = "Show what happened to a pipeline's latest job, and what it warned of.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar pipeline logs flights",
                "  laminar pipeline logs flights --level error --lines 10",
                "  laminar pipeline logs flights --all --output json"
            })
    int logs(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin LogChoice lines) {
        LaminarClient client = server.client();
        new JobView(client, server).logs(new Named(client).job(name), lines);
        return ExitCode.DONE;
    }

    @Command(
            name = "tail",
            description = "Show the rows of a pipeline's plain SELECTs as they come, until Ctrl-C.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar pipeline tail flights",
                "  laminar pipeline tail flights --output json | jq ."
            })
    int tail(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name)
            throws InterruptedException {
        LaminarClient client = server.client();
        new JobView(client, server).follow(new Named(client).job(name));
        return ExitCode.DONE;
    }
}
