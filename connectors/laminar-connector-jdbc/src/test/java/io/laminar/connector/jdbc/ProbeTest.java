package io.laminar.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.TableUse;
import io.laminar.connector.jdbc.Tables.Spec;
import io.laminar.connector.probe.Probes;
import io.laminar.connector.probe.Suggestion;
import io.laminar.connector.probe.SuggestionQuery;
import io.laminar.connector.probe.SystemReport;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Databases are asked without a job: what they are, what they have, and why they do not answer. */
@Timeout(120)
class ProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeAll
    static void tables() throws SQLException {
        for (String url : List.of(Servers.postgres(), Servers.H2)) {
            Servers.execute(
                    url,
                    "DROP TABLE IF EXISTS probed_one",
                    "CREATE TABLE probed_one (id BIGINT PRIMARY KEY, name VARCHAR(10), born DATE)",
                    "DROP TABLE IF EXISTS probed_two",
                    "CREATE TABLE probed_two (id INT)");
        }
        Servers.execute(
                Servers.postgres(),
                "CREATE SCHEMA IF NOT EXISTS probed_schema",
                "CREATE TABLE IF NOT EXISTS probed_schema.inside (x INT)",
                "DROP ROLE IF EXISTS probe_user",
                "CREATE ROLE probe_user LOGIN PASSWORD 'right'");
    }

    private static OptionValues at(String url) {
        return new OptionValues(Map.of("url", url));
    }

    private static List<String> names(String url, String kind, String prefix, Map<String, String> within) {
        return Probes.suggest("jdbc", at(url), new SuggestionQuery(kind, prefix, within, 10), PATIENCE).stream()
                .map(suggestion -> suggestion.name() + (suggestion.detail().isEmpty() ? "" : " " + suggestion.detail()))
                .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    /** The driver would log such a URL with its password. */
    @Test
    void aUserInTheUrlIsRefusedBeforeTheDriverSeesIt() {
        LaminarException refused = assertThrows(
                LaminarException.class,
                () -> Probes.connect("jdbc", at("jdbc:postgresql://me:sesame-open@localhost/postgres"), PATIENCE));
        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
        assertFalse(refused.getMessage().contains("sesame"), refused.getMessage());
    }

    @Test
    void databasesSayWhatTheyAre() {
        SystemReport postgres = Probes.connect("jdbc", at(Servers.postgres()), PATIENCE)
                .systems()
                .get(0);
        assertEquals("PostgreSQL", postgres.system());
        assertTrue(String.valueOf(postgres.version()).matches("\\d+.*"), postgres::toString);
        assertEquals("postgres", postgres.details().get("user"));
        assertEquals(
                "H2",
                Probes.connect("jdbc", at(Servers.H2), PATIENCE)
                        .systems()
                        .get(0)
                        .system());
    }

    @Test
    void schemasTablesAndColumnsAreProposed() {
        String url = Servers.postgres();
        assertEquals(List.of("probed_schema"), names(url, "schemas", "PROBED", Map.of()));
        assertEquals(
                List.of("probed_one public", "probed_two public"),
                names(url, "tables", "probed", Map.of("schema", "public")));
        assertEquals(List.of("inside probed_schema"), names(url, "tables", "", Map.of("schema", "probed_schema")));
        assertEquals(
                List.of("id bigint", "name character varying", "born date"),
                names(url, "columns", "", Map.of("table", "probed_one")));
        assertEquals(List.of("name character varying"), names(url, "columns", "n", Map.of("table", "probed_one")));
        assertEquals(
                List.of("probed_one public", "probed_two public"), names(Servers.H2, "tables", "probed", Map.of()));
        List<Suggestion> one =
                Probes.suggest("jdbc", at(url), new SuggestionQuery("tables", "probed", Map.of(), 1), PATIENCE);
        assertEquals(1, one.size());
    }

    @Test
    void tablesAreLookedAt() {
        Field[] fields = {new Field("id", Scalar.BIGINT, false), new Field("name", Scalar.TEXT)};
        Spec table = new Spec(Servers.postgres(), "probed_one", fields).key("id");
        assertEquals(
                "3",
                Probes.table(table.descriptor(), TableUse.SINK, PATIENCE)
                        .facts()
                        .get("columns"));
        assertEquals(
                "3",
                Probes.table(table.descriptor(), TableUse.SOURCE, PATIENCE)
                        .facts()
                        .get("columns"));
        LaminarException missing = assertThrows(
                LaminarException.class,
                () -> Probes.table(
                        new Spec(Servers.postgres(), "probed_on", fields).descriptor(), TableUse.SINK, PATIENCE));
        assertEquals(ErrorCode.RESOURCE_NOT_FOUND, missing.code(), missing::describe);
        assertEquals("did you mean 'probed_one'?", missing.hint());
        LaminarException column = assertThrows(
                LaminarException.class,
                () -> Probes.table(
                        new Spec(Servers.postgres(), "probed_one", new Field("nam", Scalar.TEXT)).descriptor(),
                        TableUse.SOURCE,
                        PATIENCE));
        assertEquals(ErrorCode.INVALID_SCHEMA, column.code(), column::describe);
    }

    @Test
    void wrongPasswordsAreNotShown() {
        String url = Servers.postgres().replaceAll("\\?.*", "");
        LaminarException error = assertThrows(
                LaminarException.class,
                () -> Probes.connect(
                        "jdbc",
                        new OptionValues(Map.of("url", url + "?options=x", "username", "nobody", "password", "s3cret")),
                        PATIENCE));
        assertFalse(error.describe().contains("s3cret"), error::describe);
        LaminarException driver = assertThrows(
                LaminarException.class,
                () -> Probes.connect("jdbc", at("jdbc:nosuch://host/x?password=s3cret"), PATIENCE));
        assertEquals(ErrorCode.INVALID_OPTION, driver.code());
        assertFalse(driver.describe().contains("s3cret"), driver::describe);
    }

    @Test
    void nobodyWaitsLongerThanAsked() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            LaminarException error = assertThrows(
                    LaminarException.class,
                    () -> Probes.connect(
                            "jdbc",
                            at("jdbc:postgresql://localhost:" + silent.getLocalPort() + "/x"),
                            Duration.ofMillis(700)));
            assertEquals(ErrorCode.UNREACHABLE, error.code());
            assertTrue(error.reason().contains("no answer within 700 ms"), error::describe);
        }
    }
}
