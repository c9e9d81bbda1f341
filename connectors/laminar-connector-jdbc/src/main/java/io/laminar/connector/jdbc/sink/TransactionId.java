package io.laminar.connector.jdbc.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.transaction.xa.Xid;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The name of a transaction: whose it is (job and operator), who wrote it (subtask, attempt), and after which checkpoint.
 * So any later start can tell from the name alone whether a transaction it finds belongs to its checkpoint.
 *
 * @param owner job id and operator id, 16 bytes each
 * @param after the checkpoint that the writer had taken part in before; the transaction belongs to the next one
 */
public record TransactionId(byte[] owner, int subtask, int attempt, long after) implements Xid {
    /** "LAMI". */
    private static final int FORMAT = 0x4c414d49;

    static final int OWNER_BYTES = 32;
    private static final int BRANCH_BYTES = 2 * Integer.BYTES + Long.BYTES;

    /** A transaction that the database knows, if it is one of ours. */
    static Optional<TransactionId> of(Xid xid) {
        if (xid.getFormatId() != FORMAT
                || xid.getGlobalTransactionId().length != OWNER_BYTES
                || xid.getBranchQualifier().length != BRANCH_BYTES) {
            return Optional.empty();
        }
        ByteBuffer branch = ByteBuffer.wrap(xid.getBranchQualifier());
        return Optional.of(new TransactionId(
                xid.getGlobalTransactionId(), branch.getInt(), branch.getInt(), branch.getLong()));
    }

    @Override
    public int getFormatId() {
        return FORMAT;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return owner.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
        return ByteBuffer.allocate(BRANCH_BYTES)
                .putInt(subtask)
                .putInt(attempt)
                .putLong(after)
                .array();
    }

    boolean isOwnedBy(byte[] other) {
        return Arrays.equals(owner, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransactionId that
                && Arrays.equals(owner, that.owner)
                && subtask == that.subtask
                && attempt == that.attempt
                && after == that.after;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(owner) + Long.hashCode(after) + subtask + attempt;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(owner) + "/" + subtask + "/" + attempt + "/" + after;
    }

    /** Owner, subtask, attempt, checkpoint. */
    static final class Serializer implements SimpleVersionedSerializer<TransactionId> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(TransactionId id) {
            return ByteBuffer.allocate(OWNER_BYTES + BRANCH_BYTES)
                    .put(id.owner)
                    .put(id.getBranchQualifier())
                    .array();
        }

        @Override
        public TransactionId deserialize(int version, byte[] bytes) throws IOException {
            if (version != getVersion() || bytes.length != OWNER_BYTES + BRANCH_BYTES) {
                throw new IOException("unknown state of a JDBC sink, version " + version);
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte[] owner = new byte[OWNER_BYTES];
            in.get(owner);
            return new TransactionId(owner, in.getInt(), in.getInt(), in.getLong());
        }
    }
}
