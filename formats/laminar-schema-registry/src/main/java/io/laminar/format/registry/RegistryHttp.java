package io.laminar.format.registry;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a registry: each goes to the first of its addresses that answers. What has a chance to go better (no
 * connection, too many requests, a failure of the server) is tried again.
 */
final class RegistryHttp {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final List<URI> endpoints;
    private final @Nullable String authorization;
    private final Backoff backoff;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** @param endpoints addresses of the same registry, without a slash at the end */
    RegistryHttp(List<URI> endpoints, @Nullable String key, @Nullable String secret, Backoff backoff) {
        this.endpoints = List.copyOf(endpoints);
        this.backoff = backoff;
        authorization = key == null ? null : "Basic " + base64(key + ":" + (secret == null ? "" : secret));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What a registry says. */
    final class Answer {
        private final int status;
        private final String body;

        private Answer(int status, String body) {
            this.status = status;
            this.body = body;
        }

        int status() {
            return status;
        }

        String body() {
            return body;
        }

        /** The body of an answer that has to be a good one. */
        String expected() {
            if (status / 100 != 2) {
                throw failed("it answers " + status + ": " + body.strip(), null);
            }
            return body;
        }
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answer post(String path, String body) {
        return send("POST", path, BodyPublishers.ofString(body));
    }

    private Answer send(String method, String path, BodyPublisher body) {
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt >= backoff.attempts();
            try {
                HttpResponse<String> response =
                        request(method, path, body, endpoints.get((attempt - 1) % endpoints.size()));
                int status = response.statusCode();
                if (status == UNAUTHORIZED || status == FORBIDDEN) {
                    throw new LaminarException(
                            ErrorCode.ACCESS_DENIED,
                            "schema registry " + names() + ": "
                                    + (authorization == null
                                            ? "it wants to know who asks"
                                            : "it does not let this user in"),
                            "see schema_registry.api_key and schema_registry.api_secret");
                }
                if ((status != TOO_MANY && status < SERVER_ERROR) || last) {
                    return new Answer(status, response.body());
                }
            } catch (IOException unreachable) {
                if (last) {
                    throw failed(reason(unreachable), unreachable)
                            .withHint("see schema_registry.endpoint, and whether the registry runs");
                }
            }
            pause(attempt);
        }
    }

    private HttpResponse<String> request(String method, String path, BodyPublisher body, URI endpoint)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .timeout(REQUEST_TIMEOUT)
                .header("Accept", CONTENT_TYPE + ", application/json")
                .header("Content-Type", CONTENT_TYPE)
                .method(method, body);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private void pause(int attempt) {
        try {
            backoff.before(attempt);
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private LaminarException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return failed("the wait for its answer was interrupted", cause);
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null ? "no connection" : message;
    }

    private String names() {
        return String.join(", ", endpoints.stream().map(URI::toString).toList());
    }

    LaminarException failed(String reason, @Nullable Throwable cause) {
        return new LaminarException(
                ErrorCode.UNREACHABLE, "schema registry " + names() + ": " + reason, null, null, cause);
    }
}
