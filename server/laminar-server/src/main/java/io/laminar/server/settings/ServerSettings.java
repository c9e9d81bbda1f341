package io.laminar.server.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.laminar.metadata.MetadataLocation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.sql.catalog.OptionReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The configuration, read and checked: the file first, then {@code LAMINAR_SECTION__KEY} variables, then flags. */
public record ServerSettings(OptionValues values) {
    /** The file that is read if there is one and no other is named. */
    public static final Path USUAL_FILE = Path.of("laminar.yaml");

    private static final String VARIABLE = "LAMINAR_";
    private static final String SEPARATOR = "__";

    /**
     * Reads everything.
     *
     * @param file null for {@link #USUAL_FILE}, if it exists
     * @param flags by key, as text
     * @throws LaminarException USAGE for a key that does not exist or a value that does not fit, with where it is
     */
    public static ServerSettings read(@Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
        Map<String, Object> values = new TreeMap<>();
        if (file != null || Files.exists(USUAL_FILE)) {
            Path named = file == null ? USUAL_FILE : file;
            flatten("", tree(named), named, values);
        }
        environment.forEach((name, text) -> {
            // A double underscore stands between section and key: LAMINAR_MEMORY and others are not meant.
            if (name.startsWith(VARIABLE) && name.contains(SEPARATOR)) {
                String key = name.substring(VARIABLE.length())
                        .toLowerCase(Locale.ROOT)
                        .replace(SEPARATOR, ".");
                put(key, text, "the environment variable " + name, values);
            }
        });
        flags.forEach((key, text) -> put(key, text, "the command line", values));
        return new ServerSettings(new OptionValues(values)).checked();
    }

    private static JsonNode tree(Path file) {
        try {
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new LaminarException(ErrorCode.FILE_NOT_FOUND, "there is no file '" + file + "'");
        } catch (JsonProcessingException e) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "'" + file + "', line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.FILE_UNREADABLE, "'" + file + "' cannot be read: " + e.getMessage(), null, null, e);
        }
    }

    private static void flatten(String prefix, JsonNode node, Path file, Map<String, Object> values) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> flatten(
                            prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(),
                            entry.getValue(),
                            file,
                            values));
        } else if (!prefix.isEmpty() && !node.isNull()) {
            put(prefix, node.asText(), "'" + file + "'", values);
        } else if (!node.isMissingNode() && !node.isNull()) {
            throw new LaminarException(
                    ErrorCode.USAGE, "'" + file + "' has no keys", "for example:  server: { port: 5115 }");
        }
    }

    private static void put(String key, String text, String where, Map<String, Object> values) {
        Option option = ServerOptions.ALL.stream()
                .filter(known -> known.name().equals(key))
                .findFirst()
                .orElseThrow(() -> unknown(key, where));
        try {
            values.put(key, OptionReader.read(option, text));
        } catch (LaminarException e) {
            throw new LaminarException(ErrorCode.USAGE, e.reason() + ", in " + where, e.hint());
        }
    }

    private static LaminarException unknown(String key, String where) {
        List<String> names = ServerOptions.ALL.stream().map(Option::name).toList();
        String hint = NearestName.hint(key, names);
        return new LaminarException(
                ErrorCode.USAGE,
                "there is no key '" + key + "', in " + where,
                hint != null ? hint : "'laminar config' lists them");
    }

    private ServerSettings checked() {
        if (port() < 0 || port() > 65_535) {
            throw new LaminarException(ErrorCode.USAGE, "server.port is a number from 0 to 65535, not " + port());
        }
        if (values.integer(ServerOptions.JOB_RESTARTS) < 0) {
            throw new LaminarException(ErrorCode.USAGE, "jobs.restarts is 0 or more");
        }
        if (!needsTokens() && !isLoopback() && !values.bool(ServerOptions.INSECURE)) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "without tokens everybody who reaches " + host() + " could do everything",
                    "leave server.auth as it is, or allow this with --insecure");
        }
        if (values.has(ServerOptions.KEYSTORE) != values.has(ServerOptions.KEYSTORE_PASSWORD)) {
            throw new LaminarException(
                    ErrorCode.USAGE, "server.tls_keystore and server.tls_keystore_password belong together");
        }
        return this;
    }

    public String host() {
        return values.text(ServerOptions.HOST);
    }

    public int port() {
        return (int) values.integer(ServerOptions.PORT);
    }

    /** Whether only this machine can connect. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new LaminarException(
                    ErrorCode.USAGE, "server.host: there is no address of that name, '" + host() + "'");
        }
    }

    public boolean needsTokens() {
        return values.choice(ServerOptions.AUTH, ServerOptions.Auth.class) == ServerOptions.Auth.TOKEN;
    }

    public boolean speaksTls() {
        return values.has(ServerOptions.KEYSTORE);
    }

    public Path dataFolder() {
        return Path.of(values.text(ServerOptions.DATA)).toAbsolutePath().normalize();
    }

    public MetadataLocation metadata() {
        return values.has(ServerOptions.METADATA_URL)
                ? new MetadataLocation(
                        values.text(ServerOptions.METADATA_URL),
                        values.findText(ServerOptions.METADATA_USER).orElse(null),
                        values.findText(ServerOptions.METADATA_PASSWORD).orElse(null))
                : MetadataLocation.file(dataFolder().resolve("metadata.db"));
    }

    /** A folder of this machine or a URL of an object store, without a slash at the end. */
    public String stateFolder() {
        return values.findText(ServerOptions.STATE_FOLDER)
                .orElseGet(() -> dataFolder().resolve("state").toString())
                .replaceFirst("/+$", "");
    }

    public int maxRequestBytes() {
        return (int) Math.min(Integer.MAX_VALUE, values.size(ServerOptions.MAX_REQUEST_SIZE));
    }
}
