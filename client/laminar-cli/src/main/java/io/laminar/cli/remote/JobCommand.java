package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.cli.output.OutputFormat;
import io.laminar.client.LaminarClient;
import io.laminar.client.Pages;
import io.laminar.client.model.CheckpointResource;
import io.laminar.client.model.JobErrorResource;
import io.laminar.client.model.JobMetricsResource;
import io.laminar.client.model.JobResource;
import io.laminar.client.model.PipelineResource;
import io.laminar.client.model.Rescale;
import io.laminar.client.model.SavepointWish;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Jobs of a server. */
@Command(
        name = "job",
        description = "Jobs of a server's pipelines: what they do, and how they did it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A job is named by its id; the name or id of a pipeline means its latest job.",
            "These are jobs of a server ('laminar serve'). Those of a Flink cluster ('laminar run --cluster') are in",
            "'laminar jobs'.",
            "",
            "Examples:",
            "  laminar job list --pipeline flights",
            "  laminar job metrics flights",
            "  laminar job output flights --follow --output json",
            "  laminar job rescale flights -p 4 window-aggregate=8",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong arguments."
        })
public final class JobCommand implements Runnable {
    static final String[] COLUMNS = {"id", "pipeline_id", "version", "state", "created_at", "ended_at"};
    private static final String[] PIPELINE = {"id", "name", "state", "parallelism", "version", "updated_at"};
    private static final String JOB = "Id of the job, or name or id of a pipeline.";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Usage.print(spec);
    }

    @Command(
            name = "list",
            description = "List the jobs.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  laminar job list --state Running", "  laminar job list --pipeline flights"})
    int list(
            @Mixin ServerChoice server,
            @Option(names = "--pipeline", paramLabel = "NAME", description = "Only those of a pipeline.") @Nullable
                    String pipeline,
            @Option(names = "--state", paramLabel = "STATE", description = "Only those in a state, such as Running.")
                    @Nullable
                    String state) {
        LaminarClient client = server.client();
        Named named = new Named(client);
        Iterable<JobResource> jobs = pipeline == null
                ? named.jobs(state)
                : named.jobsOf(named.pipeline(pipeline).getId());
        if (pipeline != null && state != null) {
            Iterable<JobResource> all = jobs;
            jobs = () -> java.util.stream.StreamSupport.stream(all.spliterator(), false)
                    .filter(job -> job.getState().equalsIgnoreCase(state))
                    .iterator();
        }
        server.list(
                client,
                jobs,
                pipeline != null || state != null,
                "no jobs yet: every start of a pipeline is one; 'laminar pipeline create --name NAME -f FILE' makes a"
                        + " pipeline and starts it",
                COLUMNS);
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Show a job.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar job show flights"})
    int show(@Mixin ServerChoice server, @Parameters(paramLabel = "JOB", description = JOB) String job) {
        LaminarClient client = server.client();
        server.printer(client).show(new Named(client).job(job));
        return ExitCode.DONE;
    }

    @Command(
            name = "metrics",
            description = "Show what a job does, operator by operator; with --output json all of it.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar job metrics flights",
                "  laminar job metrics flights --operator 4fdc91dcc99915ae066a9cdb"
            })
    int metrics(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "JOB", description = JOB) String job,
            @Option(names = "--operator", paramLabel = "ID", description = "One operator, subtask by subtask.")
                    @Nullable
                    String operator) {
        LaminarClient client = server.client();
        String id = new Named(client).job(job).getId();
        ResourcePrinter printer = server.printer(client);
        if (operator != null) {
            var one = client.jobs(api -> api.getJobsIdOperatorsOperatorMetrics(id, operator));
            if (server.output() == OutputFormat.JSON) {
                printer.show(one);
            } else {
                printer.list(
                        one.getSubtasks() == null ? List.of() : one.getSubtasks(),
                        "rows_in",
                        "rows_out",
                        "rows_in_per_second",
                        "rows_out_per_second",
                        "busy",
                        "backpressured",
                        "watermark",
                        "state_bytes");
            }
            return ExitCode.DONE;
        }
        JobMetricsResource metrics = client.jobs(api -> api.getJobsIdMetrics(id));
        if (server.output() == OutputFormat.JSON) {
            printer.show(metrics);
        } else {
            printer.list(
                    metrics.getOperators(),
                    "operator",
                    "name",
                    "parallelism",
                    "total.rows_in",
                    "total.rows_out",
                    "total.rows_out_per_second",
                    "total.busy",
                    "total.watermark",
                    "total.state_bytes");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "series",
            description = "Show what the operators of a job did in the last minutes, time by time.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar job series flights --operator window-aggregate",
                "  laminar job series flights --output csv > flights.csv"
            })
    int series(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "JOB", description = JOB) String job,
            @Option(names = "--operator", paramLabel = "ID", description = "Only one operator, by its id or name.")
                    @Nullable
                    String operator) {
        LaminarClient client = server.client();
        String id = new Named(client).job(job).getId();
        server.printer(client)
                .list(JobSeries.points(client.jobs(api -> api.getJobsIdMetricGroups(id)), operator), JobSeries.COLUMNS);
        return ExitCode.DONE;
    }

    @Command(
            name = "checkpoints",
            description = "List the last checkpoints of a job; with an id, the parts of its subtasks.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  laminar job checkpoints flights", "  laminar job checkpoints flights chk_12"})
    int checkpoints(
            @Mixin ServerChoice server,
            @Parameters(index = "0", paramLabel = "JOB", description = JOB) String job,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "CHECKPOINT",
                            description = "Id of one checkpoint, as the list shows it.")
                    @Nullable
                    String checkpoint) {
        LaminarClient client = server.client();
        String id = new Named(client).job(job).getId();
        if (checkpoint == null) {
            server.printer(client)
                    .list(client.jobs(api -> api.getJobsIdCheckpoints(id)).getData(), CheckpointParts.CHECKPOINTS);
            return ExitCode.DONE;
        }
        CheckpointResource one = client.jobs(api -> api.getJobsIdCheckpointsCheckpoint(id, checkpoint));
        if (server.output() == OutputFormat.JSON) {
            server.printer(client).show(one);
        } else {
            server.printer(client).list(CheckpointParts.of(one), CheckpointParts.SUBTASKS);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "events",
            description =
                    "List what happened to a job, the latest first: states, stops, errors, decisions to scale it.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  laminar job events flights", "  laminar job events flights --output json"})
    int events(@Mixin ServerChoice server, @Parameters(paramLabel = "JOB", description = JOB) String job) {
        LaminarClient client = server.client();
        String id = new Named(client).job(job).getId();
        server.printer(client).list(new JobView(client, server).events(id), "at", "kind", "message");
        return ExitCode.DONE;
    }

    @Command(
            name = "errors",
            description = "List what went wrong in a job.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar job errors flights"})
    int errors(@Mixin ServerChoice server, @Parameters(paramLabel = "JOB", description = JOB) String job) {
        LaminarClient client = server.client();
        String id = new Named(client).job(job).getId();
        Pages<JobErrorResource> errors = new Pages<>(
                after -> client.jobs(api -> {
                    var page = api.getJobsIdErrors(id, Pages.SIZE, after);
                    return new Pages.Page<>(page.getData(), page.getHasMore());
                }),
                JobErrorResource::getId);
        server.printer(client).list(errors, "at", "error.code", "error.message");
        return ExitCode.DONE;
    }

    @Command(
            name = "logs",
            description = "Show what happened to a job, and what it warned of.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  laminar job logs flights", "  laminar job logs flights --all --lines 1000"})
    int logs(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "JOB", description = JOB) String job,
            @Mixin LogChoice lines) {
        LaminarClient client = server.client();
        new JobView(client, server).logs(new Named(client).job(job), lines);
        return ExitCode.DONE;
    }

    @Command(
            name = "output",
            description = "Show the rows of a job's plain SELECTs.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar job output flights",
                "  laminar job output flights --follow --output csv"
            })
    int output(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "JOB", description = JOB) String job,
            @Option(names = "--follow", description = "Go on with the rows that come, until Ctrl-C.") boolean follow)
            throws InterruptedException {
        LaminarClient client = server.client();
        JobResource found = new Named(client).job(job);
        JobView view = new JobView(client, server);
        if (follow) {
            view.follow(found);
        } else {
            view.output(found);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "stop",
            description = "Stop a job, and its pipeline with it.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar job stop flights --mode immediate --wait"})
    int stop(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "JOB", description = JOB) String job,
            @Mixin StopChoice how)
            throws InterruptedException {
        LaminarClient client = server.client();
        String id = new Named(client).job(job).getId();
        PipelineResource stopping = client.jobs(api -> api.postJobsIdStop(id, how.wish()));
        server.printer(client).list(List.of(how.outcome(client, stopping)), PIPELINE);
        return ExitCode.DONE;
    }

    @Command(
            name = "restart",
            description = "Stop a job, and start its pipeline again with another one.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar job restart flights --wait",
                "  laminar job restart flights --from nothing --force"
            })
    int restart(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "JOB", description = JOB) String job,
            @Mixin RestartChoice how)
            throws InterruptedException {
        LaminarClient client = server.client();
        String id = new Named(client).job(job).getId();
        PipelineResource restarting = client.jobs(api -> api.postJobsIdRestart(id, how.wish()));
        server.printer(client).list(List.of(how.outcome(client, restarting, id)), PIPELINE);
        return ExitCode.DONE;
    }

    @Command(
            name = "savepoint",
            description = "Save the state of a job, which goes on; prints the folder of the savepoint.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar job savepoint flights",
                "  laminar job savepoint flights --to s3://bucket/savepoints"
            })
    int savepoint(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "JOB", description = JOB) String job,
            @Option(
                            names = "--to",
                            paramLabel = "DIR",
                            description = "Folder that gets a folder for the savepoint; the"
                                    + " server has to see it. Default: the job's state folder.")
                    @Nullable
                    String folder) {
        LaminarClient client = server.client();
        String id = new Named(client).job(job).getId();
        var savepoint = client.jobs(api -> api.postJobsIdSavepoint(id, new SavepointWish().folder(folder)));
        if (server.output() == OutputFormat.TABLE) {
            server.terminal().out().println(savepoint.getPath());
        } else {
            server.printer(client).show(savepoint);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "rescale",
            description = "Give the operators of a job more or fewer subtasks.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  laminar job rescale flights -p 4", "  laminar job rescale flights join=8"})
    int rescale(
            @Mixin ServerChoice server,
            @Parameters(index = "0", paramLabel = "JOB", description = JOB) String job,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "OPERATOR=N",
                            description = "Subtasks of single" + " operators, by their ids or names.")
                    @Nullable
                    Map<String, Integer> operators,
            @Option(
                            names = {"-p", "--parallelism"},
                            paramLabel = "N",
                            description = "Subtasks of every operator.")
                    @Nullable
                    Integer parallelism) {
        boolean single = operators != null && !operators.isEmpty();
        if (single == (parallelism != null)) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    single ? "either all operators or single ones are rescaled" : "there is no number to rescale to",
                    "laminar job rescale JOB -p 4, or laminar job rescale JOB join=8");
        }
        LaminarClient client = server.client();
        String id = new Named(client).job(job).getId();
        Object wanted = single ? operators : parallelism;
        PipelineResource rescaled = client.jobs(api -> api.postJobsIdRescale(id, new Rescale().parallelism(wanted)));
        server.printer(client).list(List.of(rescaled), PIPELINE);
        return ExitCode.DONE;
    }
}
