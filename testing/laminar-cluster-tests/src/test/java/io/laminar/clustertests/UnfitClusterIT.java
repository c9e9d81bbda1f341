package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.laminar.testing.cluster.ChildProcess;
import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses where there is no cluster, or not one that takes Laminar's jobs. */
class UnfitClusterIT {
    @TempDir
    private Path folder = Path.of("");

    private ChildProcess.Ended run(String address) throws Exception {
        Path file = Files.writeString(folder.resolve("my.sql"), "SELECT 1 AS x;");
        return ChildProcess.start(
                        "laminar",
                        folder,
                        Distribution.built().laminar(200, "run", "--cluster", address, file.toString()))
                .end();
    }

    /** Answers as an older Flink, or as something else altogether, does. */
    private ChildProcess.Ended runAgainst(String type, String answer) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return run("http://localhost:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nobodyThere() throws Exception {
        int port = LaminarCluster.freePort();
        ChildProcess.Ended run = run("localhost:" + port);
        assertEquals(1, run.code());
        assertTrue(run.err().startsWith("LAM-6021: no coordinator answers at http://localhost:" + port), run.err());
        assertTrue(run.err().contains("laminar coordinator"), run.err());
    }

    @Test
    void anotherVersionOfFlink() throws Exception {
        ChildProcess.Ended run = runAgainst("application/json", """
                {"refresh-interval":3000,"timezone-name":"Coordinated Universal Time","timezone-offset":0,\
                "flink-version":"1.20.0","flink-revision":"b1fe7b4 @ 2024-07-25","features":{"web-submit":true,\
                "web-cancel":true,"web-rescale":false,"web-history":false}}""");
        assertEquals(1, run.code(), run.err());
        assertTrue(run.err().contains("LAM-6022"), run.err());
        assertTrue(run.err().contains("runs Flink 1.20.0"), run.err());
    }

    @Test
    void somethingElse() throws Exception {
        ChildProcess.Ended run = runAgainst("text/html", "<html><body>It works!</body></html>");
        assertEquals(1, run.code(), run.err());
        assertTrue(run.err().startsWith("LAM-6021"), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @Test
    void addressesThatAreNone() throws Exception {
        assertEquals(2, run("http://").code());
        assertEquals(2, run("zookeeper://nowhere/").code());
    }
}
