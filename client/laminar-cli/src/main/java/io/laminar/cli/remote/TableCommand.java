package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.cli.SqlSource;
import io.laminar.cli.output.OutputFormat;
import io.laminar.client.LaminarClient;
import io.laminar.client.model.InferSchema;
import io.laminar.client.model.InferredResource;
import io.laminar.client.model.NewTable;
import io.laminar.client.model.TableResource;
import io.laminar.client.model.TestTable;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
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
            "  laminar table show orders",
            "  laminar table infer orders.ndjson           columns and a CREATE TABLE of a sample",
            "  laminar table test orders                   whether it can be used, and its first rows"
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

    @Command(
            name = "list",
            description = "List the tables.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  laminar table list", "  laminar table list --name 'ord*' --output csv"})
    int list(@Mixin ServerChoice server, @Mixin NamePattern names) {
        LaminarClient client = server.client();
        server.list(
                client,
                new Named(client).tables(names.text()),
                names.text() != null,
                "no tables yet: 'laminar table create -f FILE' stores a CREATE TABLE, 'laminar table infer SAMPLE' finds"
                        + " its columns",
                COLUMNS);
        return ExitCode.DONE;
    }

    @Command(
            name = "create",
            description = "Store a table: one CREATE TABLE, whose name is that of the table.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  laminar table create -f orders.sql",
                "  cat orders.sql | laminar table create -f -"
            })
    int create(@Mixin ServerChoice server, @Mixin SqlFileOption file) {
        LaminarClient client = server.client();
        SqlText text = file.read();
        TableResource created =
                text.send(() -> client.tables(api -> api.postConnectionTables(new NewTable().definition(text.text()))));
        server.printer(client).list(List.of(created), COLUMNS);
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Show a table with its columns.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar table show orders"})
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

    @Command(
            name = "test",
            description = "Try a table: whether it can be used, what was found, and its first rows if it can be read.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "What was found goes to the standard error, rows to the standard output.",
                "",
                "Examples:",
                "  laminar table test orders",
                "  laminar table test -f orders.sql --rows 3      a CREATE TABLE that is not stored",
                "  laminar table test orders --output json > rows.json"
            })
    int test(
            @Mixin ServerChoice server,
            @Parameters(arity = "0..1", paramLabel = "NAME", description = NAME + " Without it, --file.") @Nullable
                    String name,
            @Option(
                            names = {"-f", "--file"},
                            paramLabel = "FILE",
                            description = "File with a CREATE TABLE; - reads the standard input.")
                    @Nullable
                    String file,
            @Option(names = "--rows", paramLabel = "N", description = "How many to show. Default: 10.") @Nullable
                    Integer rows) {
        LaminarClient client = server.client();
        TableTrial trial = new TableTrial(client, server);
        if (name != null && file == null) {
            trial.run(new TestTable().id(new Named(client).table(name).getId()).rows(rows));
        } else if (file != null && name == null) {
            SqlText text = new SqlText(SqlSource.read(file, server.terminal()));
            text.send(() -> {
                trial.run(new TestTable().definition(text.text()).rows(rows));
                return true;
            });
        } else {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    name == null ? "there is no table to try" : "a stored table has its definition already",
                    "laminar table test NAME, or laminar table test -f orders.sql");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "infer",
            description = "Find out the columns of a sample, a schema or a subject of a schema registry.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Nothing is stored. What is printed ends with a CREATE TABLE; put a connector into it, say which column is",
                "the time of events, and store it with 'laminar table create'.",
                "",
                "Examples:",
                "  laminar table infer orders.ndjson --table orders",
                "  laminar table infer orders.csv --table orders --sql > orders.sql",
                "  head -100 big.log | laminar table infer - --format json",
                "  laminar table infer order.avsc                       the text of a schema",
                "  laminar table infer --subject orders-value --profile kafka"
            })
    int infer(
            @Mixin ServerChoice server,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "FILE",
                            description = "A sample, or an Avro, JSON or Protobuf schema; - reads the standard input.")
                    @Nullable
                    String file,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description = "json, csv, avro, parquet, protobuf. Default: what the file's name says.")
                    @Nullable
                    String format,
            @Option(
                            names = "--schema",
                            description = "The file is a schema, not data; .avsc and .proto are schemas anyhow.")
                    boolean schema,
            @Option(names = "--subject", paramLabel = "NAME", description = "A subject of a schema registry.") @Nullable
                    String subject,
            @Option(
                            names = "--profile",
                            paramLabel = "NAME",
                            description = "The profile that says where the registry is.")
                    @Nullable
                    String profile,
            @Option(names = "--table", paramLabel = "NAME", description = "Name in the CREATE TABLE. Default: t.")
                    @Nullable
                    String table,
            @Option(names = "--sql", description = "Print only the CREATE TABLE.") boolean sql) {
        if ((file == null) == (subject == null)) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    file == null ? "there is nothing to look at" : "either a file or a subject is looked at",
                    "laminar table infer orders.ndjson, or laminar table infer --subject orders-value --profile kafka");
        }
        String name = table == null ? "t" : table;
        InferSchema question = file == null
                ? new InferSchema().table(name).subject(subject).profile(profile)
                : Sample.read(file, format, schema, server.terminal()).question(name);
        LaminarClient client = server.client();
        InferredResource found = client.tables(api -> api.postConnectionTablesSchemasInfer(question));
        if (sql) {
            server.terminal().out().println(found.getDefinition().stripTrailing());
        } else if (server.output() == OutputFormat.JSON) {
            server.printer(client).show(found);
        } else {
            server.printer(client).list(found.getColumns(), "name", "type", "nullable", "reason");
            found.getNotes().forEach(note -> server.terminal().err().println("note: " + note));
            if (server.output() == OutputFormat.TABLE) {
                server.terminal().out().println("\n" + found.getDefinition().stripTrailing());
            }
        }
        server.terminal().out().flush();
        return ExitCode.DONE;
    }

    @Command(
            name = "delete",
            description = "Delete a table that nothing uses.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  laminar table delete orders"})
    int delete(@Mixin ServerChoice server, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        LaminarClient client = server.client();
        TableResource table = new Named(client).table(name);
        client.deleteTable(table.getId());
        server.terminal().err().println("deleted " + table.getName());
        return ExitCode.DONE;
    }
}
