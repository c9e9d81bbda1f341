package io.laminar.connector.generator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

final class GeneratorEnumeratorStateSerializer implements SimpleVersionedSerializer<GeneratorEnumeratorState> {

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(GeneratorEnumeratorState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBoolean(state.started());
        out.writeInt(state.unassigned().size());
        for (GeneratorSplit split : state.unassigned()) {
            out.writeInt(split.index());
            out.writeInt(split.stride());
            out.writeLong(split.next());
        }
        return bytes.toByteArray();
    }

    @Override
    public GeneratorEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        boolean started = in.readBoolean();
        int count = in.readInt();
        List<GeneratorSplit> splits = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            splits.add(new GeneratorSplit(in.readInt(), in.readInt(), in.readLong()));
        }
        return new GeneratorEnumeratorState(started, splits);
    }
}
