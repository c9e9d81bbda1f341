package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.cli.output.OutputFormat;
import io.laminar.client.LaminarClient;
import io.laminar.client.Refusals;
import io.laminar.client.model.ConnectionTest;
import io.laminar.client.model.NewProfile;
import io.laminar.client.model.ProfileChange;
import io.laminar.client.model.ProfileResource;
import io.laminar.client.model.Suggestions;
import io.laminar.client.model.TestProfile;
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
            "  laminar profile test shop                            connects for real",
            "  laminar profile autocomplete shop --kind tables      what is there",
            "  laminar profile list"
        })
public final class ProfileCommand implements Runnable {
    private static final String[] COLUMNS = {"id", "name", "connector", "description", "updated_at"};
    private static final String NAME = "Name or id of the profile.";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Usage.print(spec);
    }

    @Command(
            name = "list",
            description = "List the profiles.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar profile list"})
    int list(@Mixin ServerChoice server, @Mixin NamePattern names) {
        LaminarClient client = server.client();
        server.list(
                client,
                new Named(client).profiles(names.text()),
                names.text() != null,
                "no connection profiles yet: 'laminar profile create --help' tells how to make one",
                COLUMNS);
        return ExitCode.DONE;
    }

    @Command(
            name = "create",
            description = "Create a profile.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  laminar profile create shop --connector jdbc --set url=jdbc:postgresql://db/shop --set password=-"
            })
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
            @Mixin OptionValuesChoice options) {
        LaminarClient client = server.client();
        ProfileResource created = client.profiles(api -> api.postConnectionProfiles(new NewProfile()
                .name(name)
                .connector(connector)
                .description(description)
                .options(options.values().orElse(Map.of()))));
        server.printer(client).list(List.of(created), COLUMNS);
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Show a profile; secrets are not shown.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar profile show shop"})
    int show(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        server.printer(client).show(new Named(client).profile(name));
        return ExitCode.DONE;
    }

    @Command(
            name = "edit",
            description = "Change options of a profile; those that are not named stay.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar profile edit shop --set password=@/run/secrets/shop"})
    int edit(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.") @Nullable
                    String description,
            @Mixin OptionValuesChoice options) {
        LaminarClient client = server.client();
        String id = new Named(client).profile(name).getId();
        ProfileChange change = new ProfileChange().description(description);
        options.values().ifPresent(change::options);
        ProfileResource changed = client.profiles(api -> api.patchConnectionProfilesId(id, change));
        server.printer(client).list(List.of(changed), COLUMNS);
        return ExitCode.DONE;
    }

    @Command(
            name = "test",
            description = "Connect for real, and say how long that took and what answered; nothing is stored.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar profile test shop",
                "  laminar profile test shop --set password=-          the stored profile with another password",
                "  laminar profile test --connector jdbc --set url=jdbc:postgresql://db/shop --set username=me",
                "",
                "Exit codes: 0 it answered, 1 it did not, 2 wrong arguments."
            })
    int test(
            @Mixin ServerChoice server,
            @Parameters(arity = "0..1", paramLabel = "NAME", description = NAME + " Without it, --connector.") @Nullable
                    String name,
            @Option(names = "--connector", paramLabel = "NAME", description = "What to connect with, if not a profile.")
                    @Nullable
                    String connector,
            @Mixin OptionValuesChoice options) {
        if ((name == null) == (connector == null)) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    name == null ? "there is nothing to connect to" : "a profile has its connector already",
                    "laminar profile test NAME, or laminar profile test --connector jdbc --set url=...");
        }
        LaminarClient client = server.client();
        TestProfile wanted = new TestProfile()
                .id(name == null ? null : new Named(client).profile(name).getId())
                .connector(connector)
                .options(options.values().orElse(null));
        ConnectionTest outcome = client.profiles(api -> api.postConnectionProfilesTest(wanted));
        if (server.output() == OutputFormat.JSON) {
            server.printer(client).show(outcome);
        } else {
            server.printer(client).list(outcome.getSystems(), "system", "version", "details");
        }
        if (outcome.getError() != null) {
            throw Refusals.of(outcome.getError());
        }
        Long micros = outcome.getLatencyMicros();
        if (micros != null) {
            server.terminal().err().println("connected in " + Spans.ofMicros(micros));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "autocomplete",
            description = "List names that are in the outside system: topics, tables, columns; without --kind, what"
                    + " can be asked for.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar profile autocomplete shop",
                "  laminar profile autocomplete shop --kind tables --prefix ord",
                "  laminar profile autocomplete shop --kind columns --table orders"
            })
    int autocomplete(
            @Mixin ServerChoice server,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--kind", paramLabel = "KIND", description = "Of the names, such as tables or topics.")
                    @Nullable
                    String kind,
            @Option(names = "--prefix", paramLabel = "TEXT", description = "What the names begin with.") @Nullable
                    String prefix,
            @Option(names = "--schema", paramLabel = "NAME", description = "The schema the names belong to.") @Nullable
                    String schema,
            @Option(names = "--table", paramLabel = "NAME", description = "The table the names belong to.") @Nullable
                    String table,
            @Option(names = "--topic", paramLabel = "NAME", description = "The topic the names belong to.") @Nullable
                    String topic,
            @Option(names = "--limit", paramLabel = "N", description = "How many at most, 1 to 100. Default: 20.")
                    @Nullable
                    Integer limit) {
        LaminarClient client = server.client();
        String id = new Named(client).profile(name).getId();
        Suggestions found = client.profiles(
                api -> api.getConnectionProfilesIdAutocomplete(id, kind, prefix, schema, table, topic, limit));
        if (server.output() == OutputFormat.JSON) {
            server.printer(client).show(found);
        } else if (kind == null) {
            server.printer(client)
                    .list(
                            found.getKinds().stream()
                                    .map(each -> Map.of("kind", each))
                                    .toList(),
                            "kind");
        } else {
            server.printer(client).list(found.getNames(), "name", "detail");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "delete",
            description = "Delete a profile that nothing uses.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar profile delete shop"})
    int delete(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        ProfileResource profile = new Named(client).profile(name);
        client.deleteProfile(profile.getId());
        server.terminal().err().println("deleted " + profile.getName());
        return ExitCode.DONE;
    }
}
