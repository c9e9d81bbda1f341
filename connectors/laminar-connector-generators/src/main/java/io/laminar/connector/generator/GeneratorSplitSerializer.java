package io.laminar.connector.generator;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

final class GeneratorSplitSerializer implements SimpleVersionedSerializer<GeneratorSplit> {
    private static final int BYTES = 2 * Integer.BYTES + Long.BYTES;

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(GeneratorSplit split) {
        return ByteBuffer.allocate(BYTES)
                .putInt(split.index())
                .putInt(split.stride())
                .putLong(split.next())
                .array();
    }

    @Override
    public GeneratorSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version != 1 || bytes.length != BYTES) {
            throw new IOException("generator split of version " + version + " with " + bytes.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new GeneratorSplit(buffer.getInt(), buffer.getInt(), buffer.getLong());
    }
}
