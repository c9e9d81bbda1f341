package io.laminar.connector.file.sink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.core.fs.RecoverableWriter.CommitRecoverable;
import org.apache.flink.core.fs.RecoverableWriter.ResumeRecoverable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What a checkpoint keeps of a part file of this machine.
 *
 * @param target its name when it is complete
 * @param hidden its name until then
 * @param length bytes that belong to the checkpoint
 */
record PartFile(Path target, Path hidden, long length) implements CommitRecoverable, ResumeRecoverable {

    /** Both paths and the length. */
    static final class Serializer<T> implements SimpleVersionedSerializer<T> {
        private final Class<T> kind;

        Serializer(Class<T> kind) {
            this.kind = kind;
        }

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T saved) throws IOException {
            PartFile file = (PartFile) saved;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeUTF(file.target().toString());
            out.writeUTF(file.hidden().toString());
            out.writeLong(file.length());
            return bytes.toByteArray();
        }

        @Override
        public T deserialize(int version, byte[] bytes) throws IOException {
            if (version != getVersion()) {
                throw new IOException("unknown state of a part file, version " + version);
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            return kind.cast(new PartFile(Path.of(in.readUTF()), Path.of(in.readUTF()), in.readLong()));
        }
    }
}
