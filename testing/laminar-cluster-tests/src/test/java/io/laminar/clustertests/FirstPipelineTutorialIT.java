package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first pipeline, as its page is written. */
@Tag("slow")
class FirstPipelineTutorialIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyCommandDoesWhatThePageSays() throws Exception {
        String printed = new ServerTutorial("first-pipeline.md", folder).run();
        assertTrue(printed.contains("deleted flights"), printed);
    }
}
