package io.laminar.flink.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class BatchSerializerTest {
    private final BatchSerializer serializer = new BatchSerializer();

    @Test
    void batchesFollowEachOther() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(batch(3), out);
        serializer.serialize(batch(1000), out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertArrayEquals(batch(3).rowtime(), serializer.deserialize(in).rowtime());
        Batch second = serializer.deserialize(in);
        assertEquals(1000, second.size());
        assertEquals(999, ((LongColumn) second.column(0)).value(999));
        assertEquals(0, in.available());
    }

    @Test
    void copyingBytesKeepsThem() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(batch(5), out);
        DataOutputSerializer copy = new DataOutputSerializer(16);
        serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copy);
        assertArrayEquals(out.getCopyOfBuffer(), copy.getCopyOfBuffer());
    }

    @Test
    void batchesAreNeverCopiedAndSerializersNeverShared() {
        Batch batch = batch(1);
        assertSame(batch, serializer.copy(batch));
        assertNotSame(serializer, serializer.duplicate());
        assertEquals(serializer, serializer.duplicate());
    }

    private static Batch batch(int rows) {
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = i;
        }
        return new Batch(rows, new Column[] {new LongColumn(values, null, rows)}, values, null);
    }
}
