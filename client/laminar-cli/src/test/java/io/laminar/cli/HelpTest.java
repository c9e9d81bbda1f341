package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.server.LaminarServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What newcomers read, and that everything that a server can be asked has a command. */
class HelpTest {
    /** Calls for other programs than this one. */
    private static final List<String> FOR_OTHERS = List.of("get_ping", "get_metrics");

    private static CommandLine whole() {
        return LaminarCommand.described(Terminal.ofProcess());
    }

    private static List<CommandLine> all(CommandLine line) {
        List<CommandLine> all = new ArrayList<>(List.of(line));
        line.getSubcommands().values().stream().distinct().forEach(below -> all.addAll(all(below)));
        return all;
    }

    static Stream<String> commands() {
        return all(whole()).stream().map(line -> line.getCommandSpec().qualifiedName());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasExamplesAndSaysWhatItDoes(String name) {
        List<String> arguments = new ArrayList<>(List.of(name.split(" ")));
        arguments.remove(0);
        arguments.add("--help");
        Laminar help = Laminar.with("", arguments.toArray(String[]::new));
        assertEquals(0, help.code(), help.err());
        assertTrue(help.out().startsWith("Usage: " + name + " "), help.out());
        assertTrue(help.out().contains("Example"), help.out());
        assertTrue(
                help.out().contains("\n  " + name.split(" ")[0]) || help.out().contains("laminar "), help.out());
        CommandLine command = all(whole()).stream()
                .filter(line -> line.getCommandSpec().qualifiedName().equals(name))
                .findFirst()
                .orElseThrow();
        String description =
                String.join(" ", command.getCommandSpec().usageMessage().description());
        assertTrue(description.endsWith("."), description);
        command.getCommandSpec()
                .args()
                .forEach(argument -> assertTrue(
                        argument.description().length > 0, name + ": " + argument.paramLabel() + " says nothing"));
    }

    @Test
    void withoutArgumentsItSaysWhatThereIs() {
        Laminar bare = Laminar.with("");
        assertEquals(0, bare.code());
        assertEquals(Laminar.with("", "--help").out(), bare.out());
        for (String name : whole().getSubcommands().keySet()) {
            assertTrue(bare.out().contains("\n  " + name + " "), name);
        }
        assertTrue(bare.out().indexOf("  run ") < bare.out().indexOf("  serve "), bare.out());
    }

    @Test
    void everyOperationHasACommand() throws IOException {
        JsonNode document;
        try (InputStream in = LaminarServer.class.getResourceAsStream("openapi.json")) {
            document = JsonMapper.builder().build().readTree(in);
        }
        Map<String, String> commands = operations();
        TreeSet<String> missing = new TreeSet<>();
        TreeSet<String> known = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(call -> {
                    String id = call.getValue().path("operationId").asText();
                    known.add(id);
                    // Below a pipeline are the same calls once more.
                    if (!path.getKey().startsWith("/pipelines/{id}/jobs/")
                            && !id.isEmpty()
                            && !FOR_OTHERS.contains(id)
                            && !commands.containsKey(id)) {
                        missing.add(id);
                    }
                }));
        assertEquals(new TreeSet<>(), missing);
        TreeSet<String> names = new TreeSet<>(commands().toList());
        commands.forEach((operation, command) -> {
            assertTrue(known.contains(operation), operation);
            assertTrue(names.contains("laminar " + command), command);
        });
    }

    private static Map<String, String> operations() {
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("get_health", "status");
        commands.put("get_version", "status");
        commands.put("get_connectors", "connectors");
        commands.put("get_formats", "formats");
        commands.put("get_functions", "functions");
        commands.put("get_connection_profiles", "profile list");
        commands.put("post_connection_profiles", "profile create");
        commands.put("post_connection_profiles_test", "profile test");
        commands.put("get_connection_profiles_id_autocomplete", "profile autocomplete");
        commands.put("get_connection_profiles_id", "profile show");
        commands.put("patch_connection_profiles_id", "profile edit");
        commands.put("delete_connection_profiles_id", "profile delete");
        commands.put("get_connection_tables", "table list");
        commands.put("post_connection_tables", "table create");
        commands.put("post_connection_tables_test", "table test");
        commands.put("post_connection_tables_schemas_test", "table infer");
        commands.put("post_connection_tables_schemas_infer", "table infer");
        commands.put("get_connection_tables_id", "table show");
        commands.put("delete_connection_tables_id", "table delete");
        commands.put("get_udfs", "udf list");
        commands.put("post_udfs", "udf create");
        commands.put("post_udfs_validate", "udf validate");
        commands.put("get_udfs_id", "udf show");
        commands.put("delete_udfs_id", "udf delete");
        commands.put("get_pipelines", "pipeline list");
        commands.put("post_pipelines", "pipeline create");
        commands.put("post_pipelines_validate_query", "pipeline validate");
        commands.put("post_pipelines_preview", "pipeline preview");
        commands.put("get_pipelines_id", "pipeline show");
        commands.put("patch_pipelines_id", "pipeline edit");
        commands.put("delete_pipelines_id", "pipeline delete");
        commands.put("post_pipelines_id_start", "pipeline start");
        commands.put("post_pipelines_id_stop", "pipeline stop");
        commands.put("post_pipelines_id_restart", "pipeline restart");
        commands.put("get_pipelines_id_versions", "pipeline versions");
        commands.put("get_pipelines_id_jobs", "pipeline jobs");
        commands.put("get_jobs", "job list");
        commands.put("get_jobs_id", "job show");
        commands.put("get_jobs_id_metrics", "job metrics");
        commands.put("get_jobs_id_operators_operator_metrics", "job metrics");
        commands.put("get_jobs_id_metric_groups", "job series");
        commands.put("get_jobs_id_checkpoints", "job checkpoints");
        commands.put("get_jobs_id_checkpoints_checkpoint", "job checkpoints");
        commands.put("get_jobs_id_errors", "job errors");
        commands.put("get_jobs_id_events", "job events");
        commands.put("get_jobs_id_logs", "job logs");
        commands.put("get_jobs_id_output", "job output");
        commands.put("post_jobs_id_stop", "job stop");
        commands.put("post_jobs_id_restart", "job restart");
        commands.put("post_jobs_id_savepoint", "job savepoint");
        commands.put("post_jobs_id_rescale", "job rescale");
        commands.put("get_tokens", "token list");
        commands.put("post_tokens", "token create");
        commands.put("delete_tokens_id", "token delete");
        commands.put("get_audit", "audit");
        return commands;
    }
}
