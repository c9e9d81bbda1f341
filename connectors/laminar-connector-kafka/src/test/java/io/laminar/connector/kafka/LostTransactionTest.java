package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.runtime.RunningJob;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that Kafka gives up, though a checkpoint counts their rows as written. */
@Timeout(120)
class LostTransactionTest {
    private static final String ROWS = "{\"i\":1}";

    private final Lab lab = Lab.shared();
    private final String from = lab.topic("in", 1);
    private final String to = lab.topic("out", 1);

    @TempDir
    private Path folder = Path.of("");

    /** A job that has written a row and not committed it. */
    private RunningJob writing(String... sink) {
        lab.send(from, ROWS);
        String prefix = "sink.transactional_id_prefix = '" + to + "', sink.commit_mode = 'exactly_once'";
        String all = sink.length == 0 ? prefix : prefix + ", " + sink[0];
        RunningJob job = lab.start(new Lab.Job("SET checkpoint_interval = '10 minutes'; CREATE TABLE source (i INT) "
                        + lab.with(from, "source.offset = 'earliest'") + "; CREATE TABLE sink (i INT) "
                        + lab.with(to, all) + "; INSERT INTO sink SELECT i FROM source")
                .keeping(folder));
        Lab.await("a row that is not committed", () -> lab.records(to, false).size() == 1);
        assertEquals(List.of(), lab.values(to));
        return job;
    }

    /** What Kafka does by itself with a transaction that has been open for too long. */
    private void giveUp() {
        List<String> open = Lab.get(() -> lab.admin
                        .listTransactions(new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING)))
                        .all()
                        .get())
                .stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(to))
                .toList();
        assertEquals(1, open.size(), open::toString);
        Lab.get(() -> lab.admin.fenceProducers(open).all().get());
    }

    private static LaminarException failure(RunningJob job) {
        return assertThrows(LaminarException.class, () -> {
            job.checkpoint();
            job.await();
        });
    }

    @Test
    void failTheJob() {
        RunningJob job = writing();
        giveUp();
        LaminarException error = failure(job);
        assertEquals(ErrorCode.OUTPUT_FAILED, error.code(), error::describe);
        assertTrue(error.reason().contains("table 'sink': Kafka has given up a transaction"), error::describe);
        assertTrue(String.valueOf(error.hint()).contains("sink.lost_transaction = 'continue'"), error::describe);
        assertEquals(List.of(), lab.values(to));
    }

    @Test
    void areGotOverIfTold() throws Exception {
        RunningJob job = writing("sink.lost_transaction = 'continue'");
        giveUp();
        job.stop();
        job.await();
        assertEquals(List.of(), lab.values(to));
    }

    @Test
    void areNoneIfNobodyInterferes() throws Exception {
        RunningJob job = writing();
        job.stop();
        job.await();
        assertEquals(List.of(ROWS), lab.values(to));
    }
}
