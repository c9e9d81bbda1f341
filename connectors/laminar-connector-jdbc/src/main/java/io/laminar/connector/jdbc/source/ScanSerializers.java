package io.laminar.connector.jdbc.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Splits, and what is left of them, as bytes. */
final class ScanSerializers {

    private ScanSerializers() {}

    private static void write(ScanSplit split, DataOutputStream out) throws IOException {
        out.writeUTF(split.id());
        out.writeUTF(split.condition());
    }

    private static ScanSplit read(DataInputStream in) throws IOException {
        return new ScanSplit(in.readUTF(), in.readUTF());
    }

    private static void check(int version) throws IOException {
        if (version != 1) {
            throw new IOException("unknown state of a JDBC source, version " + version);
        }
    }

    /** Two texts. */
    static final class Splits implements SimpleVersionedSerializer<ScanSplit> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(ScanSplit split) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(split, new DataOutputStream(bytes));
            return bytes.toByteArray();
        }

        @Override
        public ScanSplit deserialize(int version, byte[] bytes) throws IOException {
            check(version);
            return read(new DataInputStream(new ByteArrayInputStream(bytes)));
        }
    }

    /** Their number, -1 before there are any, and each. */
    static final class Progress implements SimpleVersionedSerializer<ScanProgress> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(ScanProgress progress) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            List<ScanSplit> waiting = progress.waiting();
            out.writeInt(waiting == null ? -1 : waiting.size());
            if (waiting != null) {
                for (ScanSplit split : waiting) {
                    write(split, out);
                }
            }
            return bytes.toByteArray();
        }

        @Override
        public ScanProgress deserialize(int version, byte[] bytes) throws IOException {
            check(version);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            int count = in.readInt();
            if (count < 0) {
                return new ScanProgress(null);
            }
            List<ScanSplit> waiting = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                waiting.add(read(in));
            }
            return new ScanProgress(waiting);
        }
    }
}
