package io.laminar.server.settings;

import io.laminar.spi.option.Option;
import java.util.List;

/** Every key of the configuration, declared once. */
public final class ServerOptions {
    public static final Option DATA = Option.text(
                    "data.folder", "Folder for the metadata, the key of secrets, the state of jobs and logs.")
            .withDefault(".laminar");

    public static final Option HOST = Option.text(
                    "server.host", "Address to listen on; by default only this machine can connect.")
            .withDefault("127.0.0.1");
    public static final Option PORT = Option.integer("server.port", "Port to listen on; 0 takes a free one.")
            .withDefault(5115L);
    public static final Option AUTH = Option.choice(
                    "server.auth",
                    Auth.class,
                    "What callers show: a token, or none. Without tokens everybody who can connect may do everything.")
            .withDefault("token");
    public static final Option INSECURE = Option.bool(
                    "server.insecure",
                    "Allows server.auth = none on an address that others can reach, which is refused otherwise.")
            .withDefault(false);
    public static final Option KEYSTORE = Option.text(
            "server.tls_keystore", "PKCS #12 file with the certificate and its key; with it the server speaks HTTPS.");
    public static final Option KEYSTORE_PASSWORD =
            Option.text("server.tls_keystore_password", "Password of the file.").asSecret();
    public static final Option MAX_REQUEST_SIZE =
            Option.size("server.max_request_size", "Most bytes of a request.").withDefault(4L << 20);
    public static final Option REQUESTS_PER_SECOND = Option.integer(
                    "server.requests_per_second",
                    "Requests that one token may make per second, and twice as many at once; 0 for no limit.")
            .withDefault(200L);
    public static final Option OPEN_METRICS = Option.bool(
                    "server.open_metrics", "Whether /metrics can be read without a token.")
            .withDefault(true);

    public static final Option METADATA_URL = Option.text(
            "metadata.url",
            "Database for the metadata, jdbc:postgresql://host/database. Without it a SQLite file in the data folder.");
    public static final Option METADATA_USER = Option.text("metadata.user", "User of the database.");
    public static final Option METADATA_PASSWORD =
            Option.text("metadata.password", "Password of the user.").asSecret();

    public static final Option SECRETS_KEY = Option.text(
                    "secrets.key",
                    "Key with which secrets are stored, 32 bytes in Base64. Without it a file in the data folder.")
            .asSecret();

    public static final Option CLUSTER_URL = Option.text(
            "cluster.url",
            "Cluster that jobs run on, http://host:8081 of its coordinator. Without it they run in this process.");

    public static final Option STATE_FOLDER = Option.text(
            "state.folder",
            "Folder for checkpoints and savepoints, here or s3://bucket/folder; a cluster's processes have to see it"
                    + " under the same name. Without it 'state' in the data folder.");

    public static final Option JOB_RESTARTS = Option.integer(
                    "jobs.restarts",
                    "How often in a row a job that fails is started again without completing a checkpoint, later and"
                            + " later, up to 30 seconds after the failure; then the job has failed. 0 for ever. Errors of"
                            + " the input or the query end a job when they come twice at the same place.")
            .withDefault(30L);

    public static final Option OTLP_ENDPOINT = Option.text(
            "telemetry.otlp_endpoint",
            "Where traces of the life of jobs are sent, http://host:4318/v1/traces. Without it nowhere.");

    /** What callers show. */
    public enum Auth {
        TOKEN,
        NONE
    }

    public static final List<Option> ALL = List.of(
            DATA,
            HOST,
            PORT,
            AUTH,
            INSECURE,
            KEYSTORE,
            KEYSTORE_PASSWORD,
            MAX_REQUEST_SIZE,
            REQUESTS_PER_SECOND,
            OPEN_METRICS,
            METADATA_URL,
            METADATA_USER,
            METADATA_PASSWORD,
            SECRETS_KEY,
            CLUSTER_URL,
            STATE_FOLDER,
            JOB_RESTARTS,
            OTLP_ENDPOINT);

    private ServerOptions() {}
}
