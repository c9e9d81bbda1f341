package io.laminar.connector.jdbc.sink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Texts and blocks of bytes, each with its length. */
final class LedgerCommitSerializer implements SimpleVersionedSerializer<LedgerCommit> {

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(LedgerCommit commit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(commit.writer());
        out.writeLong(commit.number());
        out.writeInt(commit.formerWriters().size());
        for (String writer : commit.formerWriters()) {
            out.writeUTF(writer);
        }
        out.writeInt(commit.parts().size());
        for (byte[] part : commit.parts()) {
            out.writeInt(part.length);
            out.write(part);
        }
        return bytes.toByteArray();
    }

    @Override
    public LedgerCommit deserialize(int version, byte[] bytes) throws IOException {
        if (version != getVersion()) {
            throw new IOException("unknown state of a JDBC sink, version " + version);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        String writer = in.readUTF();
        long number = in.readLong();
        List<String> former = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            former.add(in.readUTF());
        }
        List<byte[]> parts = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            parts.add(in.readNBytes(in.readInt()));
        }
        return new LedgerCommit(writer, number, former, parts);
    }
}
