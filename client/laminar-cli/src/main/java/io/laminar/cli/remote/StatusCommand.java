package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.cli.output.OutputFormat;
import io.laminar.client.LaminarClient;
import io.laminar.client.api.HealthApi;
import io.laminar.client.api.VersionApi;
import io.laminar.client.model.Health;
import io.laminar.client.model.VersionResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How a server is. */
@Command(
        name = "status",
        description = "Which server the commands talk to, what runs there, and whether all its parts work.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  laminar status",
            "  laminar status --server http://localhost:5115 --output json",
            "",
            "Exit codes: 0 all parts work, 1 some part does not, or the server does not answer; 2 wrong arguments."
        })
public final class StatusCommand implements Callable<Integer> {
    private static final String OK = "ok";

    @Mixin
    private final ServerChoice server;

    StatusCommand(io.laminar.cli.Terminal terminal) {
        this.server = new ServerChoice(terminal);
    }

    @Override
    public Integer call() {
        LaminarClient client = server.client();
        Health health = client.health(HealthApi::getHealth);
        VersionResource version = client.version(VersionApi::getVersion);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("server", client.address());
        all.put("version", version.getVersion());
        all.put("java", version.getJavaVersion());
        all.put("flink", version.getFlink());
        all.put("status", health.getStatus());
        if (server.output() == OutputFormat.JSON) {
            all.put("checks", health.getChecks());
            server.printer(client).show(all);
        } else {
            List<Map<String, Object>> lines = new ArrayList<>();
            all.forEach((name, value) -> lines.add(Map.of("name", name, "value", value)));
            health.getChecks().forEach((name, value) -> lines.add(Map.of("name", "check " + name, "value", value)));
            server.printer(client).list(lines, "name", "value");
        }
        return health.getStatus().equals(OK) ? ExitCode.DONE : ExitCode.FAILED;
    }
}
