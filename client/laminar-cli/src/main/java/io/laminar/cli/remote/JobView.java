package io.laminar.cli.remote;

import io.laminar.cli.output.OutputFormat;
import io.laminar.client.Events;
import io.laminar.client.LaminarClient;
import io.laminar.client.model.JobResource;
import io.laminar.client.model.LogLineResource;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

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

    void logs(JobResource job, @Nullable Integer lines, @Nullable String level) {
        var log =
                client.jobs(api -> api.getJobsIdLogs(job.getId(), lines, level)).getData();
        if (server.output() != OutputFormat.TABLE) {
            server.printer(client).list(log, "at", "level", "logger", "message");
            return;
        }
        PrintStream out = server.terminal().out();
        for (LogLineResource line : log) {
            out.println(line.getAt() + " " + line.getLevel() + " " + line.getLogger() + ": " + line.getMessage());
        }
    }

    /** Prints the rows from the first that is still known, until the job ends. */
    void follow(JobResource job) {
        try (Events events = client.output(job.getId(), 0)) {
            rows().printAll(events);
        }
    }

    private EventRows rows() {
        int width = server.terminal().outIsTerminal() ? server.terminal().width() : 0;
        return new EventRows(server.output(), server.terminal().out(), width, 0, true);
    }

    /** Prints the rows that are known now. */
    void output(JobResource job) {
        rows().printPage(client.json().valueToTree(client.outputPage(job.getId(), 0, MOST_ROWS)));
    }
}
