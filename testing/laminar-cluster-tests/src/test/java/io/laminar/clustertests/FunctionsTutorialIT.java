package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of users on a server, as their page is written. */
@Tag("slow")
class FunctionsTutorialIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyCommandDoesWhatThePageSays() throws Exception {
        String printed = new ServerTutorial("user-functions.md", folder).run();
        assertTrue(printed.contains("deleted punctuality"), printed);
    }
}
