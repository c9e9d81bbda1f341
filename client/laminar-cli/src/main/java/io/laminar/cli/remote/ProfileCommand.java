package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.cli.Terminal;
import io.laminar.client.LaminarClient;
import io.laminar.client.model.NewProfile;
import io.laminar.client.model.ProfileChange;
import io.laminar.client.model.ProfileResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Connection profiles of a server. */
@Command(
        name = "profile",
        description = "Connection profiles of a server: how outside systems are reached.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "An option is given as --set NAME=VALUE. NAME=@FILE reads the value from a file; NAME=- asks for it, without",
            "showing what is typed. Secrets are never shown again.",
            "",
            "Examples:",
            "  laminar profile create shop --connector jdbc --set url=jdbc:postgresql://db/shop --set password=-",
            "  laminar profile edit shop --set password=@/run/secrets/shop",
            "  laminar profile list"
        })
public final class ProfileCommand implements Runnable {
    private static final String[] COLUMNS = {"id", "name", "connector", "description", "updated_at"};
    private static final String NAME = "Name or id of the profile.";
    private static final String SET = "An option of the connector; @FILE reads its value from a file, - asks for it.";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Usage.print(spec);
    }

    @Command(name = "list", description = "List the profiles.", mixinStandardHelpOptions = true)
    int list(
            @Mixin ServerChoice server,
            @Option(
                            names = "--name",
                            paramLabel = "PATTERN",
                            description = "Only those with such a name; * stands for" + " anything.")
                    @Nullable
                    String name) {
        LaminarClient client = server.client();
        server.printer(client).list(new Named(client).profiles(name), COLUMNS);
        return ExitCode.DONE;
    }

    @Command(name = "create", description = "Create a profile.", mixinStandardHelpOptions = true)
    int create(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(
                            names = "--connector",
                            required = true,
                            paramLabel = "NAME",
                            description = "What it connects with;" + " 'laminar connectors' lists them.")
                    String connector,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.") @Nullable
                    String description,
            @Option(names = "--set", paramLabel = "NAME=VALUE", description = SET) @Nullable
                    Map<String, String> options) {
        LaminarClient client = server.client();
        ProfileResource created = client.profiles(api -> api.postConnectionProfiles(new NewProfile()
                .name(name)
                .connector(connector)
                .description(description)
                .options(values(options, server.terminal()))));
        server.printer(client).list(List.of(created), COLUMNS);
        return ExitCode.DONE;
    }

    private static Map<String, String> values(@Nullable Map<String, String> given, Terminal terminal) {
        Map<String, String> values = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((name, value) -> values.put(name, value(name, value, terminal)));
        }
        return values;
    }

    private static String value(String name, String given, Terminal terminal) {
        if (given.equals("-")) {
            return SecretPrompt.read(terminal, name + ": ");
        }
        return given.startsWith("@") ? SecretPrompt.file(given.substring(1)) : given;
    }

    @Command(name = "show", description = "Show a profile; secrets are not shown.", mixinStandardHelpOptions = true)
    int show(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        server.printer(client).show(new Named(client).profile(name));
        return ExitCode.DONE;
    }

    @Command(
            name = "edit",
            description = "Change options of a profile; those that are not named stay.",
            mixinStandardHelpOptions = true)
    int edit(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.") @Nullable
                    String description,
            @Option(names = "--set", paramLabel = "NAME=VALUE", description = SET) @Nullable
                    Map<String, String> options) {
        LaminarClient client = server.client();
        String id = new Named(client).profile(name).getId();
        ProfileChange change = new ProfileChange().description(description);
        if (options != null) {
            change.options(values(options, server.terminal()));
        }
        ProfileResource changed = client.profiles(api -> api.patchConnectionProfilesId(id, change));
        server.printer(client).list(List.of(changed), COLUMNS);
        return ExitCode.DONE;
    }

    @Command(name = "delete", description = "Delete a profile that nothing uses.", mixinStandardHelpOptions = true)
    int delete(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        ProfileResource profile = new Named(client).profile(name);
        client.deleteProfile(profile.getId());
        server.terminal().err().println("deleted " + profile.getName());
        return ExitCode.DONE;
    }
}
