package io.laminar.flink.batch;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchDecoder;
import io.laminar.spi.batch.BatchEncoder;
import io.laminar.spi.batch.Column;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Batches as the length and bytes of {@link io.laminar.spi.batch.BatchCodec}. Batches are immutable, so copies are the
 * batch itself. Keeps a buffer between calls: every thread needs its own ({@link #duplicate}).
 */
public final class BatchSerializer extends TypeSerializer<Batch> {
    private static final Batch EMPTY = new Batch(0, new Column[0], new long[0], null);

    private transient @Nullable BatchEncoder encoder;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<Batch> duplicate() {
        return new BatchSerializer();
    }

    @Override
    public Batch createInstance() {
        return EMPTY;
    }

    @Override
    public Batch copy(Batch from) {
        return from;
    }

    @Override
    public Batch copy(Batch from, Batch reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(Batch batch, DataOutputView target) throws IOException {
        BatchEncoder out = encoder;
        if (out == null) {
            out = new BatchEncoder();
            encoder = out;
        }
        out.reset().put(batch);
        target.writeInt(out.length());
        target.write(out.buffer(), 0, out.length());
    }

    @Override
    public Batch deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return new BatchDecoder(bytes, 0).batch();
    }

    @Override
    public Batch deserialize(Batch reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BatchSerializer;
    }

    @Override
    public int hashCode() {
        return BatchSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<Batch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The layout says its own version, so there is nothing to remember. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Batch> {
        public Snapshot() {
            super(BatchSerializer::new);
        }
    }
}
