package io.laminar.connector.jdbc.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.transaction.xa.Xid;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The name of a transaction: whose it is, who wrote it, and after which checkpoint. So any later start can tell from the
 * name alone whether a transaction it finds belongs to its checkpoint.
 *
 * @param owner the use of the table by a job, the same whenever the job goes on
 * @param start tells starts of the job apart, so that a writer knows its own transactions
 * @param after the checkpoint that the writer had taken part in before; the transaction belongs to the next one
 */
public record TransactionId(String owner, int subtask, int start, long after) implements Xid {
    /** "LAMI". */
    private static final int FORMAT = 0x4c414d49;

    private static final int BRANCH_BYTES = 2 * Integer.BYTES + Long.BYTES;

    public TransactionId {
        if (owner.length() > MAXGTRIDSIZE) {
            throw new IllegalArgumentException("the name of the owner is too long: " + owner);
        }
    }

    /** A transaction that the database knows, if it is one of ours. */
    static Optional<TransactionId> of(Xid xid) {
        return xid.getFormatId() == FORMAT && xid.getBranchQualifier().length == BRANCH_BYTES
                ? Optional.of(of(xid.getGlobalTransactionId(), ByteBuffer.wrap(xid.getBranchQualifier())))
                : Optional.empty();
    }

    private static TransactionId of(byte[] owner, ByteBuffer branch) {
        return new TransactionId(
                new String(owner, StandardCharsets.US_ASCII), branch.getInt(), branch.getInt(), branch.getLong());
    }

    @Override
    public int getFormatId() {
        return FORMAT;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return owner.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] getBranchQualifier() {
        return ByteBuffer.allocate(BRANCH_BYTES)
                .putInt(subtask)
                .putInt(start)
                .putLong(after)
                .array();
    }

    /** Subtask, start, checkpoint, owner. */
    static final class Serializer implements SimpleVersionedSerializer<TransactionId> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(TransactionId id) {
            byte[] owner = id.getGlobalTransactionId();
            return ByteBuffer.allocate(BRANCH_BYTES + owner.length)
                    .put(id.getBranchQualifier())
                    .put(owner)
                    .array();
        }

        @Override
        public TransactionId deserialize(int version, byte[] bytes) throws IOException {
            if (version != getVersion() || bytes.length < BRANCH_BYTES) {
                throw new IOException("unknown state of a JDBC sink, version " + version);
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte[] owner = new byte[bytes.length - BRANCH_BYTES];
            in.get(BRANCH_BYTES, owner);
            return of(owner, in);
        }
    }
}
