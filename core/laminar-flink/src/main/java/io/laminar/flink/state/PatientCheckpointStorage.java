package io.laminar.flink.state;

import java.io.IOException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.state.CheckpointStorage;
import org.apache.flink.runtime.state.CheckpointStorageAccess;
import org.apache.flink.runtime.state.CheckpointStorageFactory;
import org.apache.flink.runtime.state.CheckpointStorageLocation;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.filesystem.FsCheckpointStorageAccess;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;

/**
 * Flink's checkpoints in files. Flink makes the folders when a job starts or starts again, and if it cannot, the adaptive
 * scheduler takes that for the end of the job; here they are made when they are wanted, so that a store that is away for a
 * while fails checkpoints and restarts, and nothing else.
 */
public final class PatientCheckpointStorage implements CheckpointStorage {
    private static final long serialVersionUID = 1;

    private final FileSystemCheckpointStorage files;

    private PatientCheckpointStorage(FileSystemCheckpointStorage files) {
        this.files = files;
    }

    /** What the configuration names. */
    public static final class Factory implements CheckpointStorageFactory<PatientCheckpointStorage> {
        @Override
        public PatientCheckpointStorage createFromConfig(ReadableConfig configuration, ClassLoader loader) {
            return new PatientCheckpointStorage(FileSystemCheckpointStorage.createFromConfig(configuration, loader));
        }
    }

    @Override
    public CompletedCheckpointStorageLocation resolveCheckpoint(String pointer) throws IOException {
        return files.resolveCheckpoint(pointer);
    }

    @Override
    public CheckpointStorageAccess createCheckpointStorage(JobID job) throws IOException {
        return new Access(files, job);
    }

    private static final class Access extends FsCheckpointStorageAccess {
        private boolean isReady;

        Access(FileSystemCheckpointStorage files, JobID job) throws IOException {
            super(
                    files.getCheckpointPath(),
                    files.getSavepointPath(),
                    job,
                    files.getMinFileSizeThreshold(),
                    files.getWriteBufferSize());
        }

        @Override
        public void initializeBaseLocationsForCheckpoint() {
            try {
                prepare();
            } catch (IOException e) {
                // The first checkpoint tries again, and says so if that fails, too.
                isReady = false;
            }
        }

        private void prepare() throws IOException {
            super.initializeBaseLocationsForCheckpoint();
            isReady = true;
        }

        @Override
        public CheckpointStorageLocation initializeLocationForCheckpoint(long checkpoint) throws IOException {
            if (!isReady) {
                prepare();
            }
            return super.initializeLocationForCheckpoint(checkpoint);
        }
    }
}
