package io.laminar.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.laminar.client.api.AuditApi;
import io.laminar.client.api.ConnectionProfilesApi;
import io.laminar.client.api.ConnectionTablesApi;
import io.laminar.client.api.HealthApi;
import io.laminar.client.api.JobsApi;
import io.laminar.client.api.PipelinesApi;
import io.laminar.client.api.TokensApi;
import io.laminar.client.api.UdfsApi;
import io.laminar.client.api.VersionApi;
import io.laminar.client.http.ApiClient;
import io.laminar.client.http.ApiException;
import io.laminar.client.model.NewPreview;
import io.laminar.client.model.OutputPage;
import io.laminar.client.model.TestTable;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A server of Laminar, as its API shows it. May be used by several threads. */
public final class LaminarClient {
    private static final String BASE = "/api/v1";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final int OK = 200;

    private final String address;
    private final @Nullable String token;
    private final ApiClient calls;

    /**
     * Connects to nothing yet: the first call does.
     *
     * @param address for example {@code http://localhost:5115}
     * @param token null for a server that wants none
     * @throws LaminarException USAGE if the address is none
     */
    public LaminarClient(String address, @Nullable String token) {
        this.address = normal(address);
        this.token = token;
        this.calls = new SharedCalls(this.address + BASE);
        calls.setConnectTimeout(CONNECT_LIMIT);
        calls.setRequestInterceptor(this::authorize);
    }

    /** One connection pool and one thread for all calls; the generated class makes them anew for each. */
    private static final class SharedCalls extends ApiClient {
        private @Nullable HttpClient shared;

        SharedCalls(String base) {
            super(
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1),
                    ApiClient.createDefaultObjectMapper(),
                    base);
        }

        @Override
        public synchronized HttpClient getHttpClient() {
            HttpClient made = shared;
            if (made == null) {
                made = super.getHttpClient();
                shared = made;
            }
            return made;
        }
    }

    /**
     * An address as it is compared: with its scheme, without what follows the port.
     *
     * @throws LaminarException USAGE if it is none
     */
    public static String normal(String address) {
        String whole = address.contains("://") ? address : "http://" + address;
        try {
            URI uri = URI.create(whole);
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                String path = uri.getPath() == null ? "" : uri.getPath();
                path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
                path = path.endsWith(BASE) ? path.substring(0, path.length() - BASE.length()) : path;
                return scheme + "://" + uri.getAuthority() + path;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new LaminarException(
                ErrorCode.USAGE, "'" + address + "' is not the address of a server", "write http://localhost:5115");
    }

    public String address() {
        return address;
    }

    /** Reads and writes the resources of the API. */
    public ObjectMapper json() {
        return calls.getObjectMapper();
    }

    /** A call of one of the generated classes. */
    @FunctionalInterface
    public interface Call<A, T> {
        T of(A api) throws ApiException;
    }

    /** A call that answers nothing. */
    @FunctionalInterface
    public interface Command<A> {
        void on(A api) throws ApiException;
    }

    public <T> T pipelines(Call<PipelinesApi, T> call) {
        return answer(new PipelinesApi(calls), call);
    }

    public <T> T jobs(Call<JobsApi, T> call) {
        return answer(new JobsApi(calls), call);
    }

    public <T> T profiles(Call<ConnectionProfilesApi, T> call) {
        return answer(new ConnectionProfilesApi(calls), call);
    }

    public <T> T tables(Call<ConnectionTablesApi, T> call) {
        return answer(new ConnectionTablesApi(calls), call);
    }

    public <T> T functions(Call<UdfsApi, T> call) {
        return answer(new UdfsApi(calls), call);
    }

    public <T> T tokens(Call<TokensApi, T> call) {
        return answer(new TokensApi(calls), call);
    }

    public <T> T version(Call<VersionApi, T> call) {
        return answer(new VersionApi(calls), call);
    }

    public <T> T health(Call<HealthApi, T> call) {
        return answer(new HealthApi(calls), call);
    }

    public <T> T audit(Call<AuditApi, T> call) {
        return answer(new AuditApi(calls), call);
    }

    public void deletePipeline(String id) {
        run(new PipelinesApi(calls), api -> api.deletePipelinesId(id));
    }

    public void deleteProfile(String id) {
        run(new ConnectionProfilesApi(calls), api -> api.deleteConnectionProfilesId(id));
    }

    public void deleteTable(String id) {
        run(new ConnectionTablesApi(calls), api -> api.deleteConnectionTablesId(id));
    }

    public void deleteFunction(String id) {
        run(new UdfsApi(calls), api -> api.deleteUdfsId(id));
    }

    public void deleteToken(String id) {
        run(new TokensApi(calls), api -> api.deleteTokensId(id));
    }

    private <A> void run(A api, Command<A> command) {
        answer(api, same -> {
            command.on(same);
            return true;
        });
    }

    private <A, T> T answer(A api, Call<A, T> call) {
        try {
            return call.of(api);
        } catch (ApiException e) {
            throw failure(e);
        }
    }

    private LaminarException failure(ApiException failure) {
        if (failure.getCause() instanceof JsonProcessingException strange) {
            return new LaminarException(
                    ErrorCode.UNAVAILABLE,
                    address + " answers what this version does not understand: " + strange.getOriginalMessage(),
                    null,
                    "'laminar --version' and 'laminar serve' should be of the same version",
                    strange);
        } else if (failure.getCause() instanceof IOException broken && failure.getCode() == 0) {
            return unreachable(broken);
        } else if (failure.getCause() instanceof InterruptedException) {
            return new LaminarException(ErrorCode.UNAVAILABLE, "the call was interrupted", null, null, failure);
        }
        return Refusals.read(failure.getCode(), failure.getResponseBody(), json(), address);
    }

    private LaminarException unreachable(IOException broken) {
        return new LaminarException(
                ErrorCode.CLUSTER_UNREACHABLE,
                "the server at " + address + " does not answer: " + Refusals.rootMessage(broken),
                null,
                "'laminar serve' starts one; 'laminar login URL TOKEN' or --server names another",
                broken);
    }

    /**
     * Runs a query for a while to look at its rows. Closing the events stops it.
     *
     * @return events {@code table}, {@code row} and, last, {@code end}
     */
    public Events preview(NewPreview wanted) {
        return events("/pipelines/preview", wanted);
    }

    /**
     * Tries a table. Closing the events stops it.
     *
     * @return events {@code step}, then those of a preview of its rows if it can be read
     */
    public Events testTable(TestTable wanted) {
        return events("/connection_tables/test", wanted);
    }

    private Events events(String path, Object body) {
        try {
            return events(request(path, EVENTS)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(json().writeValueAsBytes(body)))
                    .build());
        } catch (IOException e) {
            throw new IllegalStateException("a request that cannot be written", e);
        }
    }

    /**
     * The rows that a job shows, until it ends.
     *
     * @param after number of the last row that is known; 0 for the beginning
     * @return events {@code table}, {@code row} and, last, {@code end}
     */
    public Events output(String job, long after) {
        return events(request("/jobs/" + ApiClient.urlEncode(job) + "/output?after=" + after, EVENTS)
                .GET()
                .build());
    }

    /**
     * Rows that a job has shown. By hand, because the generated call asks for events too.
     *
     * @param after number of the last row that is known; 0 for the beginning
     */
    public OutputPage outputPage(String job, long after, int limit) {
        HttpRequest request = request(
                        "/jobs/" + ApiClient.urlEncode(job) + "/output?after=" + after + "&limit=" + limit, JSON)
                .GET()
                .build();
        try (InputStream body = body(request)) {
            return json().readValue(body, OutputPage.class);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private HttpRequest.Builder request(String path, String accept) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + BASE + path)).header("Accept", accept);
        authorize(request);
        return request;
    }

    private void authorize(HttpRequest.Builder request) {
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
    }

    private Events events(HttpRequest request) {
        return new Events(body(request), json(), address);
    }

    private InputStream body(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = calls.getHttpClient().send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() == OK) {
                return response.body();
            }
            try (InputStream body = response.body()) {
                throw Refusals.read(
                        response.statusCode(),
                        new String(body.readAllBytes(), StandardCharsets.UTF_8),
                        json(),
                        address);
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaminarException(ErrorCode.UNAVAILABLE, "the call was interrupted", null, null, e);
        }
    }
}
