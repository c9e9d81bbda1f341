package io.laminar.server.http;

import io.laminar.server.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API, declared once: the server, its OpenAPI document and the tests of all routes are made of it.
 *
 * @param path below the base path, with parameters in braces
 * @param role who may call; null for everybody, without a token
 * @param group the resource it belongs to
 * @param parameters of the query
 * @param request record of the body; null if there is none
 * @param answer what comes back
 */
record Route(
        Verb verb,
        String path,
        @Nullable Role role,
        String group,
        String summary,
        List<Parameter> parameters,
        @Nullable Class<?> request,
        Answer answer,
        Action action) {
    Route {
        parameters = List.copyOf(parameters);
    }

    enum Verb {
        GET,
        POST,
        PATCH,
        DELETE
    }

    /** Answers a call: the resource, null for nothing, or an {@link io.laminar.server.event.EventStream}. */
    @FunctionalInterface
    interface Action {
        @Nullable
        Object answer(Call call) throws Exception;
    }

    /** @param type {@code string}, {@code integer} or {@code boolean} */
    record Parameter(String name, String type, String description) {}

    /**
     * What comes back.
     *
     * @param type of the resource, or of those in a collection; null if there is no JSON
     * @param events whether it is a stream of server-sent events, or, on request, both
     */
    record Answer(int status, @Nullable Class<?> type, boolean collection, Events events) {}

    enum Events {
        NEVER,
        /** If the client accepts {@code text/event-stream}. */
        ON_REQUEST,
        ALWAYS
    }

    /** Names of the parameters in the path, in order. */
    List<String> pathParameters() {
        List<String> names = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.startsWith("{")) {
                names.add(part.substring(1, part.length() - 1));
            }
        }
        return names;
    }

    /** Whether what is listed can be looked for by name. */
    boolean byName() {
        return parameters.stream().anyMatch(parameter -> parameter.name().equals("name"));
    }

    boolean changes() {
        return verb != Verb.GET;
    }

    /** A name of its own for the OpenAPI document, for example {@code get_pipelines_id_jobs}. */
    String operationId() {
        return (verb.name().toLowerCase(Locale.ROOT) + path.replaceAll("[/{}.]+", "_")).replaceAll("_$", "");
    }

    static Builder get(String path, String summary) {
        return new Builder(Verb.GET, path, summary, 200);
    }

    static Builder post(String path, String summary) {
        return new Builder(Verb.POST, path, summary, 200);
    }

    static Builder patch(String path, String summary) {
        return new Builder(Verb.PATCH, path, summary, 200);
    }

    static Builder delete(String path, String summary) {
        return new Builder(Verb.DELETE, path, summary, 204);
    }

    /** Declares a route. Without a role those that look are for viewers, those that change for developers. */
    static final class Builder {
        private final Verb verb;
        private final String path;
        private final String summary;
        private final List<Parameter> parameters = new ArrayList<>();
        private @Nullable Role role;
        private @Nullable Class<?> request;
        private Answer answer;

        private Builder(Verb verb, String path, String summary, int status) {
            this.verb = verb;
            this.path = path;
            this.summary = summary;
            this.role = verb == Verb.GET ? Role.VIEWER : Role.DEVELOPER;
            this.answer = new Answer(status, null, false, Events.NEVER);
        }

        Builder forEverybody() {
            role = null;
            return this;
        }

        Builder only(Role who) {
            role = who;
            return this;
        }

        Builder takes(Class<?> body) {
            request = body;
            return this;
        }

        Builder gives(Class<?> type) {
            answer = new Answer(answer.status(), type, false, answer.events());
            return this;
        }

        /** Answers with a new resource. */
        Builder creates(Class<?> type) {
            answer = new Answer(201, type, false, Events.NEVER);
            return this;
        }

        /** Answers before what was asked for is done. */
        Builder begins(Class<?> type) {
            answer = new Answer(202, type, false, Events.NEVER);
            return this;
        }

        /** Answers with all of a collection. */
        Builder givesAll(Class<?> type) {
            answer = new Answer(200, type, true, answer.events());
            return this;
        }

        /** Answers with a part of a collection. */
        Builder givesPages(Class<?> type) {
            query("limit", "integer", "How many at most, 1 to 100; 20 if not given.");
            query("starting_after", "string", "Id of the last one of the part before.");
            return givesAll(type);
        }

        Builder streams(Class<?> type, Events events) {
            answer = new Answer(200, type, answer.collection(), events);
            return this;
        }

        Builder query(String name, String type, String description) {
            parameters.add(new Parameter(name, type, description));
            return this;
        }

        Route does(Action action) {
            String first = path.split("/")[1];
            return new Route(verb, path, role, first, summary, parameters, request, answer, action);
        }
    }
}
