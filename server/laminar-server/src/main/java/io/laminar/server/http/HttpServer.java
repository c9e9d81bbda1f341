package io.laminar.server.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.laminar.metadata.AuditLog;
import io.laminar.server.access.Access;
import io.laminar.server.access.Caller;
import io.laminar.server.access.RateLimit;
import io.laminar.server.api.ErrorAnswer;
import io.laminar.server.api.Problems;
import io.laminar.server.event.EventStream;
import io.laminar.server.settings.ServerSettings;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.PipelineErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves routes: lets callers in, reads what they send, answers, and notes what they changed. */
public final class HttpServer implements AutoCloseable {
    public static final String BASE = "/api/v1";
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final String JSON = "application/json";
    private static final long MOST_DISCARDED = 256L << 20;

    private final Javalin javalin;
    private final Access access;
    private final RateLimit limit;
    private final AuditLog audit;
    private final int maxBytes;
    private final ExecutorService streams = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "events");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param maxBytes of a body
     * @param further what else is served: pages, files
     */
    HttpServer(
            List<Route> routes,
            Access access,
            RateLimit limit,
            AuditLog audit,
            int maxBytes,
            Consumer<JavalinConfig> further) {
        this.access = access;
        this.limit = limit;
        this.audit = audit;
        this.maxBytes = maxBytes;
        this.javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.prefer405over404 = true;
            config.http.maxRequestSize = maxBytes;
            config.router.ignoreTrailingSlashes = true;
            config.jetty.modifyServer(server -> server.setErrorHandler(new UnreadableRequests()));
            routes.forEach(route -> config.routes.addEndpoint(new Endpoint(
                    HandlerType.findOrCreate(route.verb().name()),
                    BASE + route.path(),
                    context -> serve(route, context))));
            config.routes.exception(Exception.class, this::refuse);
            config.routes.exception(HttpResponseException.class, this::refuse);
            config.routes.error(404, "*", HttpServer::unknownPath);
            further.accept(config);
        });
    }

    /**
     * Begins to listen.
     *
     * @throws LaminarException USAGE if the port is taken, or the certificate cannot be used
     */
    void start(ServerSettings settings) {
        try {
            if (settings.speaksTls()) {
                javalin.start();
            } else {
                javalin.start(settings.host(), settings.port());
            }
        } catch (LaminarException e) {
            throw e;
        } catch (Exception e) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": " + rootMessage(e),
                    null,
                    "take another port: --port N",
                    e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    public int port() {
        return javalin.port();
    }

    private void serve(Route route, Context context) throws Exception {
        Caller caller = caller(route, context);
        if (context.contentLength() > maxBytes) {
            discard(context);
            throw Call.tooLarge(maxBytes);
        }
        Object answer = route.action().answer(new Call(context, caller, route.byName(), maxBytes));
        if (route.changes()) {
            audit.note(
                    caller.name(),
                    route.verb() + " " + route.path(),
                    context.path().substring(BASE.length()),
                    "{}");
        }
        if (answer instanceof EventStream stream) {
            stream(stream, context);
            return;
        }
        context.status(route.answer().status());
        if (answer instanceof Text text) {
            context.contentType(text.type()).result(text.text());
        } else if (answer != null) {
            context.contentType(JSON).result(Json.MAPPER.writeValueAsBytes(answer));
        } else if (route.answer().status() == 200) {
            context.status(204);
        }
    }

    /** Clients only look for the answer when they have sent everything. */
    private static void discard(Context context) throws IOException {
        byte[] buffer = new byte[1 << 16];
        InputStream body = context.req().getInputStream();
        long left = MOST_DISCARDED;
        for (int read = 0; read >= 0 && left > 0; read = body.read(buffer)) {
            left -= read;
        }
    }

    private Caller caller(Route route, Context context) {
        if (route.role() == null) {
            limit.count(context.ip());
            return new Caller("anonymous", "anonymous", io.laminar.server.access.Role.VIEWER);
        }
        Caller caller;
        try {
            caller = access.caller(context.header("Authorization"));
        } catch (LaminarException e) {
            limit.count(context.ip());
            throw e;
        }
        limit.count(caller.id());
        Access.require(caller, route.role());
        return caller;
    }

    private void stream(EventStream stream, Context context) {
        context.async(
                config -> {
                    config.executor = streams;
                    config.timeout = 0;
                },
                () -> {
                    EventWriter writer = new EventWriter(context.res());
                    try {
                        stream.write(writer);
                    } catch (LaminarException e) {
                        writer.send("error", new ErrorAnswer(Problems.of(e)));
                    } catch (InterruptedException e) {
                        // The server stops.
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void refuse(Exception failure, Context context) {
        if (failure instanceof PipelineErrors errors) {
            answer(context, 422, new ErrorAnswer(Problems.of(errors)));
        } else if (failure instanceof LaminarException known) {
            int status = Problems.status(known.code());
            if (status >= 500) {
                LOG.warn("{} {}", context.method(), context.path(), known);
            }
            if (status == 429) {
                context.header("Retry-After", "1");
            }
            answer(context, status, new ErrorAnswer(Problems.of(known)));
        } else if (failure instanceof HttpResponseException http) {
            int status = http.getStatus();
            String message = String.valueOf(http.getMessage());
            answer(
                    context,
                    status,
                    status == 413
                            ? new ErrorAnswer(Problems.of(Call.tooLarge(maxBytes)))
                            : new ErrorAnswer(Problems.of(
                                    status,
                                    status == 404 ? ErrorCode.NOT_FOUND : ErrorCode.INVALID_REQUEST,
                                    message,
                                    null)));
        } else if (isGone(failure)) {
            LOG.debug("a client is gone", failure);
        } else {
            LOG.error("{} {}", context.method(), context.path(), failure);
            answer(
                    context,
                    500,
                    new ErrorAnswer(Problems.of(
                            500, ErrorCode.INTERNAL, "something went wrong in the server", "its log says what")));
        }
    }

    private static boolean isGone(Exception failure) {
        return failure instanceof org.eclipse.jetty.io.EofException
                || failure instanceof UncheckedIOException unchecked
                        && unchecked.getCause() instanceof org.eclipse.jetty.io.EofException
                || failure instanceof IOException io && "Broken pipe".equals(io.getMessage());
    }

    private static void unknownPath(Context context) throws IOException {
        @Nullable String body = context.result();
        if (context.path().startsWith(BASE) && (body == null || !body.startsWith("{"))) {
            answer(
                    context,
                    404,
                    new ErrorAnswer(Problems.of(
                            404,
                            ErrorCode.NOT_FOUND,
                            "there is no '" + context.path() + "'",
                            BASE + "/openapi.json lists what there is")));
        }
    }

    private static void answer(Context context, int status, Object body) {
        try {
            context.status(status).contentType(JSON).result(Json.MAPPER.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that is no JSON. */
    record Text(String type, String text) {}

    @Override
    public void close() {
        streams.shutdownNow();
        javalin.stop();
    }
}
