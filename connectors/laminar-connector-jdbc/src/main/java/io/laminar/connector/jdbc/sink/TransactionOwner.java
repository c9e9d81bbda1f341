package io.laminar.connector.jdbc.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Whose a transaction is: what a checkpoint keeps, so that the job that goes on from it finds those of the last one. */
record TransactionOwner(byte[] id) {
    private static final String OPERATOR_ID = "<operator_id>";

    /** This operator of this job; the same at every attempt and in every subtask. */
    static TransactionOwner of(WriterInitContext context) {
        String operator = context.metricGroup().getAllVariables().get(OPERATOR_ID);
        return new TransactionOwner(ByteBuffer.allocate(TransactionId.OWNER_BYTES)
                .put(context.getJobInfo().getJobId().getBytes())
                .put(HexFormat.of().parseHex(operator))
                .array());
    }

    /** The bytes themselves. */
    static final class Serializer implements SimpleVersionedSerializer<TransactionOwner> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(TransactionOwner owner) {
            return owner.id();
        }

        @Override
        public TransactionOwner deserialize(int version, byte[] bytes) throws IOException {
            if (version != getVersion() || bytes.length != TransactionId.OWNER_BYTES) {
                throw new IOException("unknown state of a JDBC sink, version " + version);
            }
            return new TransactionOwner(bytes);
        }
    }
}
