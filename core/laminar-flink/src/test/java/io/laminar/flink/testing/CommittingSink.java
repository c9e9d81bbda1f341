package io.laminar.flink.testing;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Shows rows to the script when the checkpoint that contains them is complete, each once: Flink commits again what was
 * committed right before a failure, so commits have names.
 */
final class CommittingSink implements Sink<Batch>, SupportsCommitter<byte[]> {
    private static final int NAME = 2 * Long.BYTES;

    private final String table;

    CommittingSink(String table) {
        this.table = table;
    }

    @Override
    public CommittingSinkWriter<Batch, byte[]> createWriter(WriterInitContext context) {
        return new Writer();
    }

    @Override
    public Committer<byte[]> createCommitter(CommitterInitContext context) {
        Script script = Script.named(table);
        return new Committer<>() {
            @Override
            public void commit(Collection<CommitRequest<byte[]>> requests) {
                requests.forEach(request -> commit(request.getCommittable()));
            }

            private void commit(byte[] committable) {
                ByteBuffer bytes = ByteBuffer.wrap(committable);
                UUID name = new UUID(bytes.getLong(), bytes.getLong());
                script.write(name, BatchCodec.decode(Arrays.copyOfRange(committable, NAME, committable.length)));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public SimpleVersionedSerializer<byte[]> getCommittableSerializer() {
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return 1;
            }

            @Override
            public byte[] serialize(byte[] bytes) {
                return bytes;
            }

            @Override
            public byte[] deserialize(int version, byte[] bytes) {
                return bytes;
            }
        };
    }

    private static final class Writer implements CommittingSinkWriter<Batch, byte[]> {
        private final List<byte[]> pending = new ArrayList<>();

        @Override
        public void write(Batch batch, Context context) {
            UUID name = UUID.randomUUID();
            byte[] rows = BatchCodec.encode(batch);
            pending.add(ByteBuffer.allocate(NAME + rows.length)
                    .putLong(name.getMostSignificantBits())
                    .putLong(name.getLeastSignificantBits())
                    .put(rows)
                    .array());
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public Collection<byte[]> prepareCommit() {
            List<byte[]> ready = List.copyOf(pending);
            pending.clear();
            return ready;
        }

        @Override
        public void close() {}
    }
}
