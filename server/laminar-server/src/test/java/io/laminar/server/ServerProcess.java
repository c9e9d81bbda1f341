package io.laminar.server;

import io.laminar.server.settings.ServerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A server in a process of its own, which can be killed. */
public final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final int port;
    private final String token;

    private ServerProcess(Process process, int port, String token) {
        this.process = process;
        this.port = port;
        this.token = token;
    }

    /**
     * One that starts soon.
     *
     * @param settings keys and values in turn
     */
    public static ServerProcess start(Path folder, String... settings) throws IOException {
        return start(folder, List.of("-Xmx700m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), settings);
    }

    /** One as the distribution runs it, with the optimising compiler. */
    static ServerProcess lasting(Path folder, String... settings) throws IOException {
        return start(folder, List.of("-Xmx1500m", "-XX:+UseParallelGC"), settings);
    }

    /** The command of a Java process with the class path of this one. */
    static List<String> java(List<String> flags, Class<?> main) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    private static ServerProcess start(Path folder, List<String> flags, String... settings) throws IOException {
        List<String> command = java(flags, Main.class);
        command.addAll(List.of("data.folder", folder.toString()));
        command.addAll(List.of(settings));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolveSibling("server.err").toFile()))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String port = out.readLine();
        String token = out.readLine();
        if (port == null || token == null) {
            throw new IllegalStateException("the server did not start; its errors are in " + folder.getParent());
        }
        return new ServerProcess(process, Integer.parseInt(port), token);
    }

    public int port() {
        return port;
    }

    /** The first token; {@code -} if there was one before. */
    public String token() {
        return token;
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As Ctrl-C. */
    public int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Serves until it is told to end. */
    public static final class Main {
        private Main() {}

        public static void main(String[] settings) throws InterruptedException {
            Map<String, String> flags = new TreeMap<>(Map.of("server.port", "0", "server.requests_per_second", "0"));
            for (int i = 0; i < settings.length; i += 2) {
                flags.put(settings[i], settings[i + 1]);
            }
            LaminarServer server = LaminarServer.start(ServerSettings.read(null, Map.of(), flags), "test");
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                ended.countDown();
            }));
            System.out.println(server.port());
            System.out.println(server.firstToken().orElse("-"));
            System.out.flush();
            ended.await();
        }
    }
}
