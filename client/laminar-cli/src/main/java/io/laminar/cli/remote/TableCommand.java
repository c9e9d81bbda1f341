package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.cli.SqlSource;
import io.laminar.cli.output.OutputFormat;
import io.laminar.client.LaminarClient;
import io.laminar.client.model.NewTable;
import io.laminar.client.model.TableResource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stored tables of a server. */
@Command(
        name = "table",
        description = "Stored tables of a server, which its pipelines use by name.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  laminar table create -f orders.sql          one CREATE TABLE, whose name is that of the table",
            "  laminar table show orders"
        })
public final class TableCommand implements Runnable {
    private static final String[] COLUMNS = {"id", "name", "connector", "connection_profile", "uses", "created_at"};
    private static final String NAME = "Name or id of the table.";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Usage.print(spec);
    }

    @Command(name = "list", description = "List the tables.", mixinStandardHelpOptions = true)
    int list(
            @Mixin ServerChoice server,
            @Option(
                            names = "--name",
                            paramLabel = "PATTERN",
                            description = "Only those with such a name; * stands for" + " anything.")
                    @Nullable
                    String name) {
        LaminarClient client = server.client();
        server.printer(client).list(new Named(client).tables(name), COLUMNS);
        return ExitCode.DONE;
    }

    @Command(name = "create", description = "Store a table.", mixinStandardHelpOptions = true)
    int create(
            @Mixin ServerChoice server,
            @Option(
                            names = {"-f", "--file"},
                            required = true,
                            paramLabel = "FILE",
                            description = "File with one CREATE" + " TABLE; - reads the standard input.")
                    String file) {
        LaminarClient client = server.client();
        SqlText text = new SqlText(SqlSource.read(file, server.terminal()));
        TableResource created =
                text.send(() -> client.tables(api -> api.postConnectionTables(new NewTable().definition(text.text()))));
        server.printer(client).list(List.of(created), COLUMNS);
        return ExitCode.DONE;
    }

    @Command(name = "show", description = "Show a table with its columns.", mixinStandardHelpOptions = true)
    int show(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        TableResource table = new Named(client).table(name);
        if (server.output() == OutputFormat.TABLE) {
            server.printer(client).list(table.getColumns(), "name", "type", "nullable");
            server.terminal().out().println();
            table.setColumns(List.of());
        }
        server.printer(client).show(table, "definition");
        return ExitCode.DONE;
    }

    @Command(name = "delete", description = "Delete a table that nothing uses.", mixinStandardHelpOptions = true)
    int delete(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        TableResource table = new Named(client).table(name);
        client.deleteTable(table.getId());
        server.terminal().err().println("deleted " + table.getName());
        return ExitCode.DONE;
    }
}
