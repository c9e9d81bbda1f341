package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.testing.cluster.ChildProcess;
import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines on a cluster of a coordinator and two workers, all of them processes of their own. */
class ClusterIT {
    private static final int SLOTS = 4;

    @TempDir
    private static Path logs = Path.of("");

    private static LaminarCluster cluster;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() {
        cluster = LaminarCluster.start(
                Distribution.built(),
                logs,
                "--checkpoints",
                logs.resolve("shared").toString());
        cluster.withWorkers(2, 2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private ChildProcess run(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "run";
        all[1] = "--cluster";
        all[2] = cluster.url();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return cluster.laminar(folder, all);
    }

    private String sql(String text) throws Exception {
        return Files.writeString(folder.resolve("my.sql"), text).toString();
    }

    /** Functions of the text are compiled by the client and travel with the job; the rows come back to it. */
    @Test
    void rowsOfAQueryComeBack() throws Exception {
        int limit = 20_000;
        String query = """
                CREATE FUNCTION twice(x BIGINT) RETURNS BIGINT LANGUAGE java AS $$
                  public static long eval(long x) { return 2 * x; }
                $$;
                CREATE TABLE ticks (counter BIGINT) WITH (connector = 'impulse', event_rate = 0, message_count = 20000);
                SELECT counter % 3 AS k, sum(twice(counter))::BIGINT AS total FROM ticks GROUP BY counter % 3
                  ORDER BY k;
                """;
        ChildProcess.Ended run = run("-p", "3", "--output", "csv", sql(query)).end();
        assertEquals(0, run.code(), run.err());
        StringBuilder expected = new StringBuilder("k,total\n");
        for (int k = 0; k < 3; k++) {
            expected.append(k)
                    .append(',')
                    .append(FedPipeline.doubledSum(k, limit))
                    .append('\n');
        }
        assertEquals(expected.toString(), run.out());
        assertEquals("", run.err());
    }

    @Test
    void aFailureOfTheDataIsShownAsItIs() throws Exception {
        ChildProcess.Ended run = run(sql("SELECT 10 / (id - 2) AS x FROM (VALUES (1), (2)) AS t (id);"))
                .end();
        assertEquals(1, run.code(), run.err());
        assertTrue(run.err().startsWith("LAM-5003: "), run.err());
    }

    @Test
    void nothingIsLostWithAWorkerAndANewOneTakesOver() throws Exception {
        FedPipeline pipeline = new FedPipeline(folder);
        ChildProcess run = run("-p", "4", "--state", "state", pipeline.sql());
        pipeline.feed(1_000);
        run.await("the first rows", pipeline::isThrough);
        ChildProcess victim = cluster.workers().stream()
                .filter(ChildProcess::isAlive)
                .findFirst()
                .orElseThrow();
        pipeline.feed(3_000);
        victim.kill();
        run.await("the loss of a worker", () -> cluster.slots() == SLOTS / 2);
        pipeline.feed(2_000);
        run.await("rows by what is left", pipeline::isThrough);
        cluster.addWorker(2).awaitErr("joined ");
        run.await("all slots in use", () -> cluster.slots() == SLOTS && cluster.freeSlots() == 0);
        pipeline.feed(4_000);
        run.await("rows by all", pipeline::isThrough);
        run.interrupt();
        ChildProcess.Ended ended = run.end();
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.err().contains("goes on from its last checkpoint"), ended.err());
        pipeline.assertExact();
    }

    @Test
    void aDetachedJobIsStoppedAndGoesOnWithMoreSubtasks() throws Exception {
        FedPipeline pipeline = new FedPipeline(folder);
        String sql = pipeline.sql();
        ChildProcess.Ended started = run(
                        "-p", "2", "--state", "state", "--name", "copies and counts", "--detached", sql)
                .end();
        assertEquals(0, started.code(), started.err());
        String job = started.out().strip();
        assertTrue(job.matches("[0-9a-f]{32}"), started.out());
        pipeline.feed(2_000);
        cluster.coordinator().await("the first rows", pipeline::isThrough);

        ChildProcess.Ended second = run("--state", "state", "--detached", sql).end();
        assertEquals(1, second.code());
        assertTrue(second.err().contains("in use by job " + job), second.err());
        ChildProcess.Ended listed =
                cluster.laminar(folder, "jobs", "--cluster", cluster.url()).end();
        String line = listed.out()
                .lines()
                .filter(one -> one.startsWith(job + "  running"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(listed.out()));
        assertTrue(line.endsWith("  copies and counts"), line);
        ChildProcess.Ended stopped = cluster.laminar(
                        folder, "jobs", "--cluster", cluster.url(), "stop", job.substring(0, 10))
                .end();
        assertEquals(0, stopped.code(), stopped.err());
        cluster.coordinator()
                .await("the end of the job", () -> cluster.state(job).equals("FINISHED"));

        pipeline.feed(3_000);
        ChildProcess resumed = run("-p", "4", "--state", "state", sql);
        resumed.await("rows after the stop", pipeline::isThrough);
        // Without --name a job has the name of its file.
        String again = cluster.laminar(folder, "jobs", "--cluster", cluster.url())
                .end()
                .out();
        assertTrue(again.lines().anyMatch(one -> one.contains("  running") && one.endsWith("  numbers")), again);
        resumed.interrupt();
        ChildProcess.Ended ended = resumed.end();
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.err().contains("The state is in 'state'"), ended.err());
        pipeline.assertExact();
    }

    @Test
    void aPipelineThatHasRunToItsEndSaysSo() throws Exception {
        String sql = sql("SELECT 1 AS x;");
        assertEquals(0, run("--state", "state", sql).end().code());
        assertTrue(run("--state", "state", sql).end().err().contains("has run to its end"));
    }

    @Test
    void rowsOfADetachedQueryWouldHaveNobodyToGoTo() throws Exception {
        ChildProcess.Ended run = run("--detached", sql("SELECT 1 AS x;")).end();
        assertEquals(2, run.code());
        assertTrue(run.err().contains("INSERT INTO"), run.err());
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        ChildProcess.Ended second = cluster.laminar(
                        folder,
                        "coordinator",
                        "--rest-port",
                        String.valueOf(cluster.restPort()),
                        "--port",
                        String.valueOf(LaminarCluster.freePort()))
                .end();
        assertEquals(2, second.code());
        assertTrue(second.err().contains("port " + cluster.restPort() + " of localhost is taken"), second.err());
    }
}
