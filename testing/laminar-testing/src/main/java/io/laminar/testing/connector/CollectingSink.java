package io.laminar.testing.connector;

import io.laminar.spi.batch.Batch;
import java.nio.ByteBuffer;
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

/** Collects rows in this process; they show in {@link CollectedRows} once a checkpoint has committed them. */
final class CollectingSink implements Sink<Batch>, SupportsCommitter<Long> {

    private final String name;

    CollectingSink(String name) {
        this.name = name;
    }

    @Override
    public CommittingSinkWriter<Batch, Long> createWriter(WriterInitContext context) {
        return new Writer(CollectedRows.named(name));
    }

    @Override
    public Committer<Long> createCommitter(CommitterInitContext context) {
        CollectedRows rows = CollectedRows.named(name);
        return new Committer<>() {
            @Override
            public void commit(Collection<CommitRequest<Long>> requests) {
                requests.forEach(r -> rows.commit(r.getCommittable()));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public SimpleVersionedSerializer<Long> getCommittableSerializer() {
        return new IdSerializer();
    }

    private static final class Writer implements CommittingSinkWriter<Batch, Long> {

        private final CollectedRows rows;
        private final List<Batch> open = new ArrayList<>();

        Writer(CollectedRows rows) {
            this.rows = rows;
        }

        @Override
        public void write(Batch batch, Context context) {
            open.add(batch);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public Collection<Long> prepareCommit() {
            if (open.isEmpty()) {
                return List.of();
            }
            long id = rows.stage(open);
            open.clear();
            return List.of(id);
        }

        @Override
        public void close() {}
    }

    private static final class IdSerializer implements SimpleVersionedSerializer<Long> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Long id) {
            return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
        }

        @Override
        public Long deserialize(int version, byte[] bytes) {
            return ByteBuffer.wrap(bytes).getLong();
        }
    }
}
