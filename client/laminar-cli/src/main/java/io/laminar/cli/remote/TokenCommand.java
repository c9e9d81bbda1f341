package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.cli.output.OutputFormat;
import io.laminar.client.LaminarClient;
import io.laminar.client.model.IssuedToken;
import io.laminar.client.model.NewToken;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tokens of a server. */
@Command(
        name = "token",
        description = "Tokens of a server: who may talk to it. For the role admin.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  laminar token create ci --role developer",
            "  laminar token list",
            "  laminar token delete ci"
        })
public final class TokenCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Usage.print(spec);
    }

    @Command(
            name = "list",
            description = "List the tokens; they themselves are not shown.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar token list"})
    int list(@Mixin ServerChoice server) {
        LaminarClient client = server.client();
        server.printer(client).list(new Named(client).tokens(), "id", "name", "role", "created_at", "last_used_at");
        return ExitCode.DONE;
    }

    @Command(
            name = "create",
            description = "Make a token and print it; it is shown only now.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar token create ci --role developer",
                "  laminar token create grafana --role viewer > token.txt"
            })
    int create(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "NAME", description = "Whose it is.") String name,
            @Option(names = "--role", paramLabel = "ROLE", description = "viewer, developer (default) or admin.")
                    @Nullable
                    String role) {
        LaminarClient client = server.client();
        IssuedToken issued =
                client.tokens(api -> api.postTokens(new NewToken().name(name).role(role == null ? "developer" : role)));
        if (server.output() == OutputFormat.TABLE) {
            server.terminal().out().println(issued.getToken());
        } else {
            server.printer(client).show(issued);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "delete",
            description = "End a token.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar token delete ci"})
    int delete(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "NAME", description = "Name or id of the token.") String name) {
        LaminarClient client = server.client();
        client.deleteToken(new Named(client).token(name));
        server.terminal().err().println("deleted " + name);
        return ExitCode.DONE;
    }
}
