package io.laminar.connector.file.sink;

import org.apache.flink.streaming.api.functions.sink.filesystem.PartFileInfo;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.CheckpointRollingPolicy;

/**
 * When a part file that ends at checkpoints anyway ends before one.
 *
 * @param bytes size from which a file is full
 * @param age milliseconds after which it is
 * @param idle milliseconds without rows after which it is
 */
record Rolling(long bytes, long age, long idle) {

    CheckpointRollingPolicy<PartBatch, String> atCheckpoints() {
        return new AtCheckpoints(this);
    }

    private static final class AtCheckpoints extends CheckpointRollingPolicy<PartBatch, String> {
        private final long bytes;
        private final long age;
        private final long idle;

        AtCheckpoints(Rolling rolling) {
            bytes = rolling.bytes();
            age = rolling.age();
            idle = rolling.idle();
        }

        @Override
        public boolean shouldRollOnEvent(PartFileInfo<String> file, PartBatch part) throws java.io.IOException {
            return file.getSize() >= bytes;
        }

        @Override
        public boolean shouldRollOnProcessingTime(PartFileInfo<String> file, long now) {
            return now - file.getCreationTime() >= age || now - file.getLastUpdateTime() >= idle;
        }
    }
}
