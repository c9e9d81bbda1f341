package io.laminar.server.http;

import io.laminar.server.event.EventOutput;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events, as the HTML standard has them. */
final class EventWriter implements EventOutput {
    static final String CONTENT_TYPE = "text/event-stream";

    private final OutputStream out;
    private boolean closed;

    EventWriter(HttpServletResponse response) throws IOException {
        response.setContentType(CONTENT_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        out = response.getOutputStream();
        response.flushBuffer();
    }

    @Override
    public void send(String name, Object data) {
        try {
            // JSON has no line breaks, so an event is one line.
            write("event: " + name + "\ndata: " + Json.MAPPER.writeValueAsString(data) + "\n\n");
        } catch (IOException e) {
            closed = true;
        }
    }

    @Override
    public void ping() {
        try {
            write(": alive\n\n");
        } catch (IOException e) {
            closed = true;
        }
    }

    private void write(String text) throws IOException {
        if (!closed) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
