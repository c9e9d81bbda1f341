package io.laminar.testing.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A ZooKeeper server in a process of its own, from the jars on the test's class path. */
public final class ZooKeeperServer implements AutoCloseable {
    private static final int HEAP = 64;
    /** Sessions can be as short as two of these, in milliseconds. */
    private static final int TICK = 500;

    private final int port = LaminarCluster.freePort();
    private final ChildProcess process;

    private ZooKeeperServer(Path folder) {
        List<String> command = new ArrayList<>(Distribution.java(HEAP));
        command.addAll(List.of(
                "-Dzookeeper.admin.enableServer=false",
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.zookeeper.server.ZooKeeperServerMain",
                String.valueOf(port),
                folder.resolve("zookeeper").toString(),
                String.valueOf(TICK)));
        process = ChildProcess.start("zookeeper", folder, command);
    }

    /** Returns when it takes connections. */
    public static ZooKeeperServer start(Path folder) {
        ZooKeeperServer server = new ZooKeeperServer(folder);
        server.process.await("a connection", server::answers);
        return server;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code host:port}. */
    public String address() {
        return "localhost:" + port;
    }

    @Override
    public void close() {
        process.close();
    }
}
