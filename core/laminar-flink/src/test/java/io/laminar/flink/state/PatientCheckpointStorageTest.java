package io.laminar.flink.state;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.CheckpointStorageAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientCheckpointStorageTest {

    @Test
    void aStoreThatIsAwayAtFirstIsTriedAgain(@TempDir Path folder) throws IOException {
        Path store = folder.resolve("store");
        Files.writeString(store, "no folder");
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, store.toUri().toString());
        JobID job = new JobID();
        CheckpointStorageAccess access = new PatientCheckpointStorage.Factory()
                .createFromConfig(configuration, getClass().getClassLoader())
                .createCheckpointStorage(job);
        access.initializeBaseLocationsForCheckpoint();
        assertThrows(IOException.class, () -> access.initializeLocationForCheckpoint(1));
        Files.delete(store);
        var unused = access.initializeLocationForCheckpoint(2);
        Path ofJob = store.resolve(job.toHexString());
        assertTrue(Files.isDirectory(ofJob.resolve("shared")) && Files.isDirectory(ofJob.resolve("chk-2")));
    }
}
