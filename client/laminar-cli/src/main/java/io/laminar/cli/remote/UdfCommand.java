package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.cli.SqlSource;
import io.laminar.client.LaminarClient;
import io.laminar.client.Refusals;
import io.laminar.client.model.NewUdf;
import io.laminar.client.model.UdfResource;
import io.laminar.client.model.UdfValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stored functions of a server. */
@Command(
        name = "udf",
        description = "Functions of your own that are stored in a server, which its pipelines use by name.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  laminar udf validate distance.sql           one CREATE FUNCTION ... LANGUAGE JAVA AS $$...$$",
            "  laminar udf create -f distance.sql",
            "  laminar udf show distance",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong arguments or code that does not compile."
        })
public final class UdfCommand implements Runnable {
    private static final String[] COLUMNS = {"id", "name", "description", "created_at"};
    private static final String NAME = "Name or id of the function.";
    private static final String FILE = "File with one CREATE FUNCTION; - reads the standard input.";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Usage.print(spec);
    }

    @Command(
            name = "list",
            description = "List the functions.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar udf list"})
    int list(@Mixin ServerChoice server, @Mixin NamePattern names) {
        LaminarClient client = server.client();
        server.list(
                client,
                new Named(client).functions(names.text()),
                names.text() != null,
                "no functions yet: 'laminar udf create -f FILE' stores one",
                COLUMNS);
        return ExitCode.DONE;
    }

    @Command(
            name = "create",
            description = "Store a function.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  laminar udf create -f distance.sql --description 'kilometres between two points'"
            })
    int create(
            @Mixin ServerChoice server,
            @Mixin SqlFileOption file,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it does.") @Nullable
                    String description) {
        LaminarClient client = server.client();
        SqlText text = file.read();
        UdfResource created = text.send(() -> client.functions(
                api -> api.postUdfs(new NewUdf().definition(text.text()).description(description))));
        server.printer(client).list(List.of(created), COLUMNS);
        return ExitCode.DONE;
    }

    @Command(
            name = "validate",
            description = "Compile a function and say what is wrong.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar udf validate distance.sql"})
    int validate(@Mixin ServerChoice server, @Parameters(paramLabel = "FILE", description = FILE) String file) {
        LaminarClient client = server.client();
        SqlSource source = SqlSource.read(file, server.terminal());
        UdfValidation validation =
                client.functions(api -> api.postUdfsValidate(new NewUdf().definition(source.text())));
        if (!validation.getValid()) {
            var errors = validation.getErrors().stream().map(Refusals::of).toList();
            throw new SqlText(source).failure(errors, errors.get(0));
        }
        server.terminal().out().println(source.name() + ": no errors in " + validation.getName());
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Show a function.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar udf show distance"})
    int show(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        server.printer(client).show(new Named(client).function(name), "definition");
        return ExitCode.DONE;
    }

    @Command(
            name = "delete",
            description = "Delete a function that nothing uses.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar udf delete distance"})
    int delete(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        UdfResource function = new Named(client).function(name);
        client.deleteFunction(function.getId());
        server.terminal().err().println("deleted " + function.getName());
        return ExitCode.DONE;
    }
}
