package io.laminar.connector.storage.s3;

import io.laminar.connector.storage.StorageSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The clients of this process, one per settings; they are never closed, as Flink's file systems are not. */
final class Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(30);
    private static final Map<StorageSettings, S3Client> CLIENTS = new ConcurrentHashMap<>();

    private Clients() {}

    static S3Client of(StorageSettings settings) {
        return CLIENTS.computeIfAbsent(settings, Clients::open);
    }

    private static S3Client open(StorageSettings settings) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(READ))
                .credentialsProvider(credentials(settings))
                // Stores other than Amazon's do not all know checksums in trailers.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        String endpoint = endpoint(settings);
        if (endpoint != null) {
            builder.endpointOverride(URI.create(endpoint));
        }
        builder.forcePathStyle(settings.pathStyle() != null ? settings.usePathStyle() : endpoint != null);
        String region = settings.region();
        if (region != null) {
            builder.region(Region.of(region));
        } else if (endpoint != null && System.getenv("AWS_REGION") == null) {
            // Some region has to be in the signature; stores of one's own do not care which.
            builder.region(Region.US_EAST_1);
        }
        return builder.build();
    }

    /** The endpoint given, or that of the environment; null for Amazon's. */
    static @Nullable String endpoint(StorageSettings settings) {
        if (settings.endpoint() != null) {
            return settings.endpoint();
        }
        String ofS3 = System.getenv("AWS_ENDPOINT_URL_S3");
        return ofS3 != null ? ofS3 : System.getenv("AWS_ENDPOINT_URL");
    }

    private static AwsCredentialsProvider credentials(StorageSettings settings) {
        String accessKey = settings.accessKey();
        String secretKey = settings.secretKey();
        if (accessKey == null || secretKey == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        String token = settings.sessionToken();
        AwsCredentials credentials = token == null
                ? AwsBasicCredentials.create(accessKey, secretKey)
                : AwsSessionCredentials.create(accessKey, secretKey, token);
        return StaticCredentialsProvider.create(credentials);
    }
}
