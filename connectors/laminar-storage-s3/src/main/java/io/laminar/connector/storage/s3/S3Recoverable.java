package io.laminar.connector.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.RecoverableWriter.CommitRecoverable;
import org.apache.flink.core.fs.RecoverableWriter.ResumeRecoverable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint keeps of a file that is being written: the upload, its parts, and where the bytes are that are too few
 * for a part.
 *
 * @param tail key of an object with the bytes after the parts; null if there are none
 */
record S3Recoverable(
        String key,
        String upload,
        List<String> tags,
        long bytes,
        @Nullable String tail) implements ResumeRecoverable, CommitRecoverable {

    S3Recoverable {
        tags = List.copyOf(tags);
    }

    Upload upload(Bucket bucket) {
        return new Upload(bucket, key, upload, tags, bytes);
    }

    /** Texts and their number. */
    static final class Serializer implements SimpleVersionedSerializer<S3Recoverable> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(S3Recoverable state) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeUTF(state.key());
            out.writeUTF(state.upload());
            out.writeInt(state.tags().size());
            for (String tag : state.tags()) {
                out.writeUTF(tag);
            }
            out.writeLong(state.bytes());
            out.writeUTF(state.tail() == null ? "" : state.tail());
            return bytes.toByteArray();
        }

        @Override
        public S3Recoverable deserialize(int version, byte[] bytes) throws IOException {
            if (version != getVersion()) {
                throw new IOException("unknown state of a file on S3, version " + version);
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            String key = in.readUTF();
            String upload = in.readUTF();
            List<String> tags = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                tags.add(in.readUTF());
            }
            long length = in.readLong();
            String tail = in.readUTF();
            return new S3Recoverable(key, upload, tags, length, tail.isEmpty() ? null : tail);
        }
    }
}
