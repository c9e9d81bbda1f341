package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.client.LaminarClient;
import io.laminar.client.Pages;
import io.laminar.client.model.AuditResource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who changed what. */
@Command(
        name = "audit",
        description = "Who changed what on a server, the latest first. For the role admin.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  laminar audit --lines 20",
            "  laminar audit --lines 1000 --output csv > audit.csv",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong arguments."
        })
public final class AuditCommand implements Callable<Integer> {
    private static final int LINES = 50;

    @Mixin
    private final ServerChoice server;

    @Option(names = "--lines", paramLabel = "N", description = "How many at most. Default: 50.")
    private int lines = LINES;

    AuditCommand(io.laminar.cli.Terminal terminal) {
        this.server = new ServerChoice(terminal);
    }

    @Override
    public Integer call() {
        LaminarClient client = server.client();
        Pages<AuditResource> all = new Pages<>(
                after -> client.audit(api -> {
                    var page = api.getAudit(Pages.SIZE, after);
                    return new Pages.Page<>(page.getData(), page.getHasMore());
                }),
                AuditResource::getId);
        List<AuditResource> latest =
                StreamSupport.stream(all.spliterator(), false).limit(lines).toList();
        server.printer(client).list(latest, "created_at", "actor", "action", "resource");
        return ExitCode.DONE;
    }
}
