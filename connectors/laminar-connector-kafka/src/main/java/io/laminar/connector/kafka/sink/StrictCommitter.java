package io.laminar.connector.kafka.sink;

import io.laminar.connector.kafka.KafkaOptions;
import io.laminar.connector.kafka.client.Brokers;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.table.TableDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * Flink's committer, made strict. When Kafka refuses to commit a transaction, Flink's logs it and goes on: it may have
 * been committed before the job failed, or Kafka may have given it up, and its rows are lost. Here Kafka is asked which of
 * the two, and lost rows fail the job. Every checkpoint has a transaction of its own name, so the answer is certain.
 * After a restore most have been committed: Kafka is asked beforehand, instead of filling the log with refusals.
 */
@SuppressWarnings("try")
record StrictCommitter(Committer<KafkaCommittable> committer, TableDescriptor table)
        implements Committer<KafkaCommittable> {
    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests) throws IOException, InterruptedException {
        List<CommitRequest<KafkaCommittable>> strict = new ArrayList<>(requests.size());
        for (CommitRequest<KafkaCommittable> request : requests) {
            if (isRestored(request) && isCommitted(request, table)) {
                request.signalAlreadyCommitted();
            } else {
                strict.add(new Strict(request, table));
            }
        }
        if (!strict.isEmpty()) {
            committer.commit(strict);
        }
    }

    /** Whether it comes from a checkpoint, and so may have been committed before. */
    private static boolean isRestored(CommitRequest<KafkaCommittable> request) {
        return request.getCommittable().getProducer().isEmpty();
    }

    private static boolean isCommitted(CommitRequest<KafkaCommittable> request, TableDescriptor table) {
        try (Brokers brokers = Brokers.of(table)) {
            return brokers.isCommitted(request.getCommittable().getTransactionalId());
        }
    }

    @Override
    public void close() throws Exception {
        committer.close();
    }

    private record Strict(CommitRequest<KafkaCommittable> request, TableDescriptor table)
            implements CommitRequest<KafkaCommittable> {
        @Override
        public KafkaCommittable getCommittable() {
            return request.getCommittable();
        }

        @Override
        public int getNumberOfRetries() {
            return request.getNumberOfRetries();
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            if (isCommitted(request, table)) {
                request.signalAlreadyCommitted();
            } else {
                request.signalFailedWithUnknownReason(lost(reason));
            }
        }

        private LaminarException lost(Throwable reason) {
            return new LaminarException(
                    ErrorCode.OUTPUT_FAILED,
                    "table '" + table.name()
                            + "': Kafka has given up a transaction that a checkpoint relies on; its rows"
                            + " are missing in the topic: " + reason.getMessage(),
                    null,
                    "the job was down for longer than " + KafkaOptions.TRANSACTION_TIMEOUT.name()
                            + ", or another job uses the same transactions; go on without the rows with "
                            + KafkaOptions.LOST_TRANSACTION.name() + " = 'continue'",
                    reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            request.signalFailedWithUnknownReason(reason);
        }

        @Override
        public void retryLater() {
            request.retryLater();
        }

        @Override
        public void updateAndRetryLater(KafkaCommittable committable) {
            request.updateAndRetryLater(committable);
        }

        @Override
        public void signalAlreadyCommitted() {
            request.signalAlreadyCommitted();
        }

        /** For Flink's log, which options and passwords of the table are no business of. */
        @Override
        public String toString() {
            return "transaction " + getCommittable().getTransactionalId() + " of table " + table.name();
        }
    }
}
