package io.laminar.flink.cluster;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;

/**
 * Where a coordinator answers HTTP requests: {@code http://host:port}, {@code https://host:port} or {@code host:port}.
 *
 * @param secure whether by TLS
 */
public record ClusterAddress(boolean secure, String host, int port) {
    public static final int DEFAULT_PORT = 8081;

    private static final Pattern FORM =
            Pattern.compile("(?:(https?)://)?(\\[[0-9a-fA-F:]+]|[^\\s:/,\\[\\]]+)(?::([0-9]{1,5}))?/?");

    /** @throws LaminarException USAGE */
    public static ClusterAddress parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        int port = parts.matches() && parts.group(3) != null ? Integer.parseInt(parts.group(3)) : DEFAULT_PORT;
        if (!parts.matches() || port < 1 || port > 65535) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "'" + text + "' is not the address of a coordinator",
                    "write it as http://host:" + DEFAULT_PORT);
        }
        return new ClusterAddress("https".equals(parts.group(1)), parts.group(2), port);
    }

    /**
     * Several addresses, separated by commas: those of coordinators that stand in for each other.
     *
     * @throws LaminarException USAGE
     */
    public static List<ClusterAddress> parseAll(String text) {
        List<ClusterAddress> all = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            all.add(parse(part));
        }
        return all;
    }

    /** Whether only processes of the same machine reach a host. */
    static boolean isLoopback(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals("localhost") || lower.startsWith("127.") || lower.equals("::1") || lower.equals("[::1]");
    }

    /** Tells Flink's client where to ask. */
    public void configure(Configuration configuration) {
        configuration.set(RestOptions.ADDRESS, host);
        configuration.set(RestOptions.PORT, port);
        if (secure) {
            configuration.set(SecurityOptions.SSL_REST_ENABLED, true);
        }
    }

    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + host + ":" + port;
    }
}
