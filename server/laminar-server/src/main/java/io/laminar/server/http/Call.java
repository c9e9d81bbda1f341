package io.laminar.server.http;

import io.javalin.http.Context;
import io.laminar.metadata.Page;
import io.laminar.server.access.Caller;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request, read as its route declares it. */
final class Call {
    private static final int MOST = 100;
    private static final int USUAL = 20;

    private final Context context;
    private final Caller caller;
    private final boolean byName;
    private final int maxBytes;

    /** @param byName whether what is listed has names to look for */
    Call(Context context, Caller caller, boolean byName, int maxBytes) {
        this.context = context;
        this.caller = caller;
        this.byName = byName;
        this.maxBytes = maxBytes;
    }

    Caller caller() {
        return caller;
    }

    /** @throws LaminarException INVALID_REQUEST */
    String path(String name) {
        String value = context.pathParam(name);
        Bodies.requireText(value, "the path");
        return value;
    }

    /** The parameter of the path that is called {@code id}. */
    String id() {
        return path("id");
    }

    Optional<String> query(String name) {
        String value = context.queryParam(name);
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        Bodies.requireText(value, "parameter '" + name + "'");
        return Optional.of(value);
    }

    /** @throws LaminarException INVALID_REQUEST */
    boolean flag(String name) {
        String text = query(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw invalid(name, "true or false", text);
        }
        return text.equals("true");
    }

    /** @throws LaminarException INVALID_REQUEST */
    int number(String name, int otherwise, int least, int most) {
        String text = query(name).orElse(null);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw invalid(name, "a number from " + least + " to " + most, text);
    }

    private static LaminarException invalid(String name, String wanted, String text) {
        return new LaminarException(
                ErrorCode.INVALID_REQUEST, "parameter '" + name + "' is " + wanted + ", not '" + text + "'");
    }

    /** @throws LaminarException INVALID_REQUEST */
    Page.Request page() {
        return new Page.Request(
                number("limit", USUAL, 1, MOST),
                query("starting_after").orElse(""),
                byName ? query("name").orElse("") : "");
    }

    /** @throws LaminarException INVALID_REQUEST, REQUEST_TOO_LARGE */
    <T> T body(Class<T> type) {
        byte[] bytes = context.bodyAsBytes();
        if (bytes.length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return Bodies.read(bytes, type);
    }

    static LaminarException tooLarge(int maxBytes) {
        return new LaminarException(
                ErrorCode.REQUEST_TOO_LARGE,
                "the body has more than " + maxBytes + " bytes",
                "server.max_request_size sets the limit");
    }

    /** Whether the client wants events rather than one answer. */
    boolean wantsEvents() {
        String accept = context.header("Accept");
        return accept != null && accept.contains(EventWriter.CONTENT_TYPE);
    }

    @Nullable
    String header(String name) {
        return context.header(name);
    }
}
