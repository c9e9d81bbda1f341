package io.laminar.server.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Takes traces over OTLP/HTTP, as a collector does, and reads them field by field as the protocol numbers them. */
final class TraceCollector implements AutoCloseable {
    private final HttpServer server;
    private final List<SentSpan> spans = new CopyOnWriteArrayList<>();
    private final List<String> mistakes = new CopyOnWriteArrayList<>();

    /**
     * A span as it was sent.
     *
     * @param status 0 unset, 1 OK, 2 error
     * @param resource attributes of what sent it
     */
    record SentSpan(
            String trace,
            String name,
            String parent,
            long startNanos,
            long endNanos,
            Map<String, String> attributes,
            List<String> events,
            long status,
            String message,
            Map<String, String> resource) {}

    TraceCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1/traces";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (!exchange.getRequestMethod().equals("POST") || !"application/x-protobuf".equals(type)) {
                mistakes.add(exchange.getRequestMethod() + " of " + type);
            }
            for (UnknownFieldSet ofResource : messages(UnknownFieldSet.parseFrom(body), 1)) {
                Map<String, String> resource =
                        attributes(messages(ofResource, 1).get(0), 1);
                for (UnknownFieldSet ofScope : messages(ofResource, 2)) {
                    messages(ofScope, 2).forEach(span -> spans.add(span(span, resource)));
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static SentSpan span(UnknownFieldSet from, Map<String, String> resource) {
        UnknownFieldSet status = messages(from, 15).stream().findFirst().orElse(UnknownFieldSet.getDefaultInstance());
        return new SentSpan(
                hex(from, 1),
                text(from, 5),
                hex(from, 4),
                from.getField(7).getFixed64List().get(0),
                from.getField(8).getFixed64List().get(0),
                attributes(from, 9),
                messages(from, 11).stream().map(event -> text(event, 2)).toList(),
                status.getField(3).getVarintList().stream().findFirst().orElse(0L),
                text(status, 2),
                resource);
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet from, int field) {
        List<UnknownFieldSet> messages = new ArrayList<>();
        for (ByteString bytes : from.getField(field).getLengthDelimitedList()) {
            try {
                messages.add(UnknownFieldSet.parseFrom(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return messages;
    }

    private static String text(UnknownFieldSet from, int field) {
        return from.getField(field).getLengthDelimitedList().stream()
                .map(ByteString::toStringUtf8)
                .findFirst()
                .orElse("");
    }

    private static String hex(UnknownFieldSet from, int field) {
        StringBuilder hex = new StringBuilder();
        from.getField(field)
                .getLengthDelimitedList()
                .forEach(bytes -> bytes.forEach(b -> hex.append("%02x".formatted(b))));
        return hex.toString();
    }

    private static Map<String, String> attributes(UnknownFieldSet from, int field) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (UnknownFieldSet pair : messages(from, field)) {
            UnknownFieldSet value = messages(pair, 2).get(0);
            List<Long> numbers = value.getField(3).getVarintList();
            attributes.put(text(pair, 1), numbers.isEmpty() ? text(value, 1) : String.valueOf(numbers.get(0)));
        }
        return attributes;
    }

    List<SentSpan> spans() {
        return List.copyOf(spans);
    }

    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    /** The first span of a name that is as wanted; waits half a minute for it. */
    SentSpan await(String name, Predicate<SentSpan> wanted) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (System.nanoTime() < deadline) {
            for (SentSpan span : spans) {
                if (span.name().equals(name) && wanted.test(span)) {
                    return span;
                }
            }
            LockSupport.parkNanos(20_000_000L);
        }
        throw new AssertionError("no such span '" + name + "' among " + spans);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
