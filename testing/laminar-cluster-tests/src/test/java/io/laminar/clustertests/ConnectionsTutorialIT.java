package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to a PostgreSQL, as their page is written. */
@Tag("slow")
class ConnectionsTutorialIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyCommandDoesWhatThePageSays() throws Exception {
        DebianPackage.named("postgresql-client", folder.resolve("debian")).assumeInstalled("psql");
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            String printed = new ServerTutorial("connections.md", folder)
                    .with("PGPORT=5432", "PGPORT=" + database.getPort())
                    .run();
            assertTrue(printed.contains("deleted shop"), printed);
        }
    }
}
