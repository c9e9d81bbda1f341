package io.laminar.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Calls the API as a client does. */
public final class Api {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String base;
    private final String token;

    public Api(int port, String token) {
        this("http://localhost:" + port + "/api/v1", token);
    }

    private Api(String base, String token) {
        this.base = base;
        this.token = token;
    }

    public Api as(String otherToken) {
        return new Api(base, otherToken);
    }

    public record Answer(int status, String text, JsonNode json) {
        public String code() {
            return json.at("/error/code").asText();
        }

        /** The answer, which has to have a status. */
        public Answer is(int wanted) {
            if (status != wanted) {
                throw new AssertionError("status " + status + " instead of " + wanted + ": " + text);
            }
            return this;
        }
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    public Answer patch(String path, String body) {
        return send("PATCH", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    public Answer send(String method, String path, String body) {
        HttpRequest.Builder request =
                request(path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofString());
            String text = response.body();
            boolean json = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith("application/json"))
                    .isPresent();
            return new Answer(response.statusCode(), text, json ? MAPPER.readTree(text) : MAPPER.createObjectNode());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    /**
     * Reads events until the test has seen enough or the stream ends.
     *
     * @param seen name and data of an event; true to stop
     */
    public void events(String method, String path, String body, BiPredicate<String, JsonNode> seen) {
        HttpRequest request = request(path)
                .header("Accept", "text/event-stream")
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            var response = CLIENT.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = response.body();
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                if (response.statusCode() != 200) {
                    throw new AssertionError(response.statusCode() + ": " + lines.readLine());
                }
                String event = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        event = line.substring(7);
                    } else if (line.startsWith("data: ") && seen.test(event, MAPPER.readTree(line.substring(6)))) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks again until the answer is as wanted; fails after a minute and a half, with the last one. */
    public Answer await(String path, Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + 90_000_000_000L;
        while (true) {
            Answer answer = get(path);
            if (answer.status() == 200 && wanted.test(answer.json())) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still " + answer.status() + ": " + answer.text());
            }
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000L);
        }
    }

    /** Waits until a pipeline is in a state. */
    public Answer awaitState(String pipeline, String state) {
        return await(
                "/pipelines/" + pipeline, json -> json.get("state").asText().equals(state));
    }

    public static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
