package io.laminar.testing.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The part of a script that one subtask reads.
 *
 * @param position number of entries read already
 */
record ScriptSplit(int subtask, int position) implements SourceSplit {

    @Override
    public String splitId() {
        return Integer.toString(subtask);
    }

    static final class Serializer implements SimpleVersionedSerializer<ScriptSplit> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(ScriptSplit split) {
            return ByteBuffer.allocate(2 * Integer.BYTES)
                    .putInt(split.subtask())
                    .putInt(split.position())
                    .array();
        }

        @Override
        public ScriptSplit deserialize(int version, byte[] bytes) throws IOException {
            if (version != 1) {
                throw new IOException("script split of version " + version);
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new ScriptSplit(buffer.getInt(), buffer.getInt());
        }
    }
}
