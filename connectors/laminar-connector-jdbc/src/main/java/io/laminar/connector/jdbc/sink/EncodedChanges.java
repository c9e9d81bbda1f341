package io.laminar.connector.jdbc.sink;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Changes as bytes: which of the two batches there are, and these. */
final class EncodedChanges {
    private static final int DELETES = 1;
    private static final int PUTS = 2;

    private EncodedChanges() {}

    static byte[] encode(Changes changes) {
        Batch deletes = changes.deletes();
        Batch puts = changes.puts();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte((deletes == null ? 0 : DELETES) | (puts == null ? 0 : PUTS));
            if (deletes != null) {
                BatchCodec.write(deletes, out);
            }
            if (puts != null) {
                BatchCodec.write(puts, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Changes decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int present = in.readByte();
            return new Changes(read(in, present & DELETES), read(in, present & PUTS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Batch read(DataInputStream in, int present) throws IOException {
        return present == 0 ? null : BatchCodec.read(in);
    }
}
