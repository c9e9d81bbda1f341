package io.laminar.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that look at pipelines, each with calls one after the other on a connection of its own. They run in a process
 * of their own and do next to nothing, so that what is measured is the server. Prints a line for each call: its kind and
 * nanoseconds, from when it was due.
 */
final class PollingClients {
    private static final List<String> KINDS =
            List.of("/pipelines?limit=20", "/pipelines/{id}", "/jobs", "/pipelines/{id}/jobs");

    private final int port;
    private final String token;
    private final List<String> ids;

    private PollingClients(int port, String token, List<String> ids) {
        this.port = port;
        this.token = token;
        this.ids = ids;
    }

    /** Arguments: port, token, file with ids, clients, calls of each, milliseconds between the calls of one. */
    public static void main(String[] arguments) throws Exception {
        List<String> ids = Files.readAllLines(Path.of(arguments[2]));
        PollingClients clients = new PollingClients(Integer.parseInt(arguments[0]), arguments[1], ids);
        int calls = Integer.parseInt(arguments[4]);
        long pause = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[5]));
        List<List<String>> seen = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
            List<String> lines = new ArrayList<>();
            seen.add(lines);
            Random random = new Random(i);
            Thread thread = new Thread(() -> {
                try {
                    clients.poll(random, calls, pause, lines);
                } catch (IOException e) {
                    lines.add("failed " + e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        seen.forEach(lines -> lines.forEach(System.out::println));
    }

    private void poll(Random random, int calls, long pause, List<String> lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            long due = System.nanoTime() + (pause == 0 ? 0 : random.nextLong(pause));
            for (int call = 0; call < calls; call++) {
                String kind = KINDS.get(call % KINDS.size());
                String path = kind.replace("{id}", ids.get(random.nextInt(ids.size())));
                while (pause > 0 && System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                long began = pause == 0 ? System.nanoTime() : due;
                due += pause;
                socket.getOutputStream()
                        .write(("GET /api/v1" + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                int status = answer(in);
                lines.add((status == 200 ? kind : "failed " + status) + " " + (System.nanoTime() - began));
            }
        }
    }

    /** Reads an answer to its end; returns its status. */
    private static int answer(InputStream in) throws IOException {
        String first = line(in);
        int length = -1;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        if (length >= 0) {
            in.skipNBytes(length);
        } else {
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                in.skipNBytes(size + 2L);
            }
            line(in);
        }
        return Integer.parseInt(first.split(" ")[1]);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server has closed the connection");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }
}
