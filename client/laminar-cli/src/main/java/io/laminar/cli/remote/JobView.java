package io.laminar.cli.remote;

import io.laminar.cli.output.OutputFormat;
import io.laminar.client.Events;
import io.laminar.client.LaminarClient;
import io.laminar.client.Pages;
import io.laminar.client.model.JobEventResource;
import io.laminar.client.model.JobResource;
import io.laminar.client.model.LogLineResource;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a job has written and shown. */
final class JobView {
    /** The most that one call gives. */
    private static final int MOST_ROWS = 1000;

    private final LaminarClient client;
    private final ServerChoice server;

    JobView(LaminarClient client, ServerChoice server) {
        this.client = client;
        this.server = server;
    }

    void logs(JobResource job, LogChoice wanted) {
        List<LogLineResource> lines = lines(job.getId(), wanted);
        if (server.output() != OutputFormat.TABLE) {
            server.printer(client).list(lines, "at", "level", "logger", "message");
            return;
        }
        PrintStream out = server.terminal().out();
        for (LogLineResource line : lines) {
            String message = wanted.whole() ? line.getMessage() : firstLine(line.getMessage());
            out.println(line.getAt().toInstant() + " " + line.getLevel() + " " + line.getLogger() + ": " + message);
        }
        out.flush();
    }

    /** Without the trace behind it, which is for those who ask for all. */
    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private List<LogLineResource> lines(String job, LogChoice wanted) {
        if (!wanted.life()) {
            return logged(job, wanted);
        }
        List<LogLineResource> lines = new ArrayList<>(life(job, wanted.lines()));
        try {
            lines.addAll(logged(job, wanted));
        } catch (LaminarException e) {
            if (e.code() != ErrorCode.UNAVAILABLE || lines.isEmpty()) {
                throw e;
            }
            // A job of another cluster: what happened to it is known all the same.
            server.terminal().err().println("warning: " + e.describe());
        }
        lines.sort(Comparator.comparing(LogLineResource::getAt));
        return lines.subList(Math.max(0, lines.size() - wanted.lines()), lines.size());
    }

    private List<LogLineResource> logged(String job, LogChoice wanted) {
        return client.jobs(api -> api.getJobsIdLogs(job, wanted.lines(), wanted.level()))
                .getData();
    }

    /** What happened to a job, as lines of a log. */
    private List<LogLineResource> life(String job, int most) {
        return StreamSupport.stream(events(job).spliterator(), false)
                .limit(most)
                .map(event -> new LogLineResource()
                        .at(event.getAt())
                        .level(event.getKind().equals("error") ? "error" : "info")
                        .logger("laminar")
                        .message(event.getKind() + ": " + event.getMessage()))
                .toList();
    }

    /** What happened to a job, the latest first. */
    Pages<JobEventResource> events(String job) {
        return new Pages<>(
                after -> client.jobs(api -> {
                    var page = api.getJobsIdEvents(job, Pages.SIZE, after);
                    return new Pages.Page<>(page.getData(), page.getHasMore());
                }),
                JobEventResource::getId);
    }

    /** Prints the rows from the first that is still known, until the job ends. */
    void follow(JobResource job) throws InterruptedException {
        try (Events events = client.output(Waiting.begun(client, job).getId(), 0)) {
            rows().printAll(events);
        }
    }

    private EventRows rows() {
        int width = server.terminal().outIsTerminal() ? server.terminal().width() : 0;
        return new EventRows(server.output(), server.terminal().out(), width, 0, true);
    }

    /** Prints the rows that are known now. */
    void output(JobResource job) throws InterruptedException {
        Waiting.begun(client, job);
        rows().printPage(client.json().valueToTree(client.outputPage(job.getId(), 0, MOST_ROWS)));
    }
}
