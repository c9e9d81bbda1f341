package io.laminar.connector.kafka.sink;

import io.laminar.connector.kafka.KafkaOptions;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * Flink's committer, which logs a transaction that Kafka has given up and goes on; its rows would be lost silently. Here
 * the job fails.
 */
@SuppressWarnings("try")
record StrictCommitter(Committer<KafkaCommittable> committer, String topic) implements Committer<KafkaCommittable> {
    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests) throws IOException, InterruptedException {
        List<CommitRequest<KafkaCommittable>> strict = new ArrayList<>(requests.size());
        requests.forEach(request -> strict.add(new Strict(request, topic)));
        committer.commit(strict);
    }

    @Override
    public void close() throws Exception {
        committer.close();
    }

    private record Strict(CommitRequest<KafkaCommittable> request, String topic)
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
            request.signalFailedWithUnknownReason(new LaminarException(
                    ErrorCode.OUTPUT_FAILED,
                    "Kafka has given up a transaction for topic '" + topic
                            + "' that a checkpoint relies on; its rows are missing in the topic: "
                            + reason.getMessage(),
                    null,
                    "the job was down for longer than " + KafkaOptions.TRANSACTION_TIMEOUT.name()
                            + ", or another job uses the same transactions; go on without the rows with "
                            + KafkaOptions.LOST_TRANSACTION.name() + " = 'continue'",
                    reason));
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
    }
}
