package io.laminar.connector.jdbc.sink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** What a checkpoint keeps of a writer: its name, and those of writers before it that it has not replaced yet. */
record WriterNames(List<String> names) {

    /** Their number, and each. */
    static final class Serializer implements SimpleVersionedSerializer<WriterNames> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(WriterNames state) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(state.names().size());
            for (String name : state.names()) {
                out.writeUTF(name);
            }
            return bytes.toByteArray();
        }

        @Override
        public WriterNames deserialize(int version, byte[] bytes) throws IOException {
            if (version != getVersion()) {
                throw new IOException("unknown state of a JDBC sink, version " + version);
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            List<String> names = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                names.add(in.readUTF());
            }
            return new WriterNames(names);
        }
    }
}
