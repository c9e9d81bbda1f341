package io.laminar.connector.file.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** What a checkpoint keeps of the file: how long it was. */
record SingleFileState(long length) {

    /** One long. */
    static final class Serializer implements SimpleVersionedSerializer<SingleFileState> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(SingleFileState state) {
            return ByteBuffer.allocate(Long.BYTES).putLong(state.length()).array();
        }

        @Override
        public SingleFileState deserialize(int version, byte[] bytes) throws IOException {
            if (version != getVersion() || bytes.length != Long.BYTES) {
                throw new IOException("unknown state of a file sink, version " + version);
            }
            return new SingleFileState(ByteBuffer.wrap(bytes).getLong());
        }
    }
}
