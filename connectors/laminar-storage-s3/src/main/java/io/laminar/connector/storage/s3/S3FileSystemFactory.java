package io.laminar.connector.storage.s3;

import io.laminar.connector.storage.StorageSettings;
import java.net.URI;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.jspecify.annotations.Nullable;

/**
 * {@code s3://bucket/path}. Flink makes one at every start, so nothing of the SDK may be loaded here.
 *
 * <p>Settings that nobody has said for a path come from Flink's configuration, by the names that Flink's own file systems
 * use ({@code s3.endpoint}, {@code s3.access-key}, ...), and what is not there from the environment as for any program of
 * Amazon's SDK ({@code AWS_ACCESS_KEY_ID}, {@code AWS_ENDPOINT_URL_S3}, profiles, roles).
 */
public class S3FileSystemFactory implements FileSystemFactory {
    private StorageSettings configured = StorageSettings.ENVIRONMENT;

    @Override
    public String getScheme() {
        return "s3";
    }

    @Override
    public void configure(Configuration configuration) {
        String pathStyle = text(configuration, "s3.path.style.access", "s3.path-style-access");
        configured = StorageSettings.environment(
                text(configuration, "s3.endpoint"),
                text(configuration, "s3.region"),
                text(configuration, "s3.access-key", "s3.access.key"),
                text(configuration, "s3.secret-key", "s3.secret.key"),
                pathStyle == null ? null : Boolean.valueOf(pathStyle));
    }

    private static @Nullable String text(Configuration configuration, String... names) {
        for (String name : names) {
            String value = configuration.getString(name, null);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    public FileSystem create(URI uri) {
        return new S3FileSystem(uri, configured);
    }
}
