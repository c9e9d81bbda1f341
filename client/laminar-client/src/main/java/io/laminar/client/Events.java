package io.laminar.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.laminar.client.model.ErrorAnswer;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Events that a server sends, read as they come. Another thread may close it, which ends the reading. */
public final class Events implements AutoCloseable {
    private static final String NAME = "event:";
    private static final String DATA = "data:";

    private final InputStream stream;
    private final BufferedReader lines;
    private final ObjectMapper json;
    private final String address;
    private volatile boolean closed;

    /** One of them. */
    public record Event(String name, JsonNode data) {}

    Events(InputStream stream, ObjectMapper json, String address) {
        this.stream = stream;
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        this.json = json;
        this.address = address;
    }

    /**
     * Waits for the next event.
     *
     * @return empty when there are no more
     * @throws LaminarException what the server says went wrong; UNAVAILABLE if the connection breaks
     */
    public Optional<Event> next() {
        String name = "message";
        StringBuilder data = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        return Optional.of(event(name, data.toString()));
                    }
                    name = "message";
                } else if (line.startsWith(NAME)) {
                    name = value(line, NAME);
                } else if (line.startsWith(DATA)) {
                    data.append(data.isEmpty() ? "" : "\n").append(value(line, DATA));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            if (closed) {
                return Optional.empty();
            }
            throw new LaminarException(
                    ErrorCode.UNAVAILABLE,
                    "the connection to " + address + " broke: " + Refusals.rootMessage(e),
                    null,
                    null,
                    e);
        }
    }

    private static String value(String line, String field) {
        int from = field.length();
        return line.substring(line.length() > from && line.charAt(from) == ' ' ? from + 1 : from);
    }

    private Event event(String name, String data) throws IOException {
        if (name.equals("error")) {
            throw Refusals.of(json.readValue(data, ErrorAnswer.class).getError());
        }
        return new Event(name, json.readTree(data));
    }

    @Override
    public void close() {
        closed = true;
        try {
            stream.close();
        } catch (IOException e) {
            // Nobody reads it any more.
        }
    }
}
