package io.laminar.flink.testing;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Shows rows to the script when the checkpoint that contains them is complete, each once. */
final class CommittingSink implements Sink<Batch>, SupportsCommitter<byte[]> {
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
                requests.forEach(request -> script.write(BatchCodec.decode(request.getCommittable())));
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
            pending.add(BatchCodec.encode(batch));
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
