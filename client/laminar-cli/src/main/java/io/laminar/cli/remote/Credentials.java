package io.laminar.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.cli.Terminal;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The servers that this user has logged in to, in a file that only the user can read. */
final class Credentials {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private Content content;

    /**
     * What is in the file.
     *
     * @param current address of the server that is used if none is named
     * @param tokens by address
     */
    private record Content(@Nullable String current, Map<String, String> tokens) {}

    private Credentials(Path file, Content content) {
        this.file = file;
        this.content = content;
    }

    /** @throws LaminarException USAGE if the file cannot be read */
    static Credentials of(Terminal terminal) {
        Path file = ServerChoice.configuration(terminal).resolve("credentials.json");
        if (!Files.exists(file)) {
            return new Credentials(file, new Content(null, Map.of()));
        }
        try {
            Content read = JSON.readValue(file.toFile(), Content.class);
            return new Credentials(file, read.tokens() == null ? new Content(null, Map.of()) : read);
        } catch (JsonProcessingException e) {
            throw new LaminarException(ErrorCode.USAGE, file + " is damaged", null, "delete it, and log in again", e);
        } catch (IOException e) {
            throw new LaminarException(ErrorCode.USAGE, file + " cannot be read: " + e.getMessage(), null, null, e);
        }
    }

    Path file() {
        return file;
    }

    Optional<String> current() {
        return Optional.ofNullable(content.current());
    }

    Optional<String> token(String address) {
        return Optional.ofNullable(content.tokens().get(address));
    }

    /** Keeps a token, and makes its server the one that is used. */
    void keep(String address, String token) {
        Map<String, String> tokens = new TreeMap<>(content.tokens());
        tokens.put(address, token);
        write(new Content(address, tokens));
    }

    /** @return whether there was a token */
    boolean forget(String address) {
        Map<String, String> tokens = new TreeMap<>(content.tokens());
        if (tokens.remove(address) == null) {
            return false;
        }
        String current = address.equals(content.current()) ? null : content.current();
        write(new Content(current, tokens));
        return true;
    }

    private void write(Content wanted) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(
                    file.getParent(),
                    "credentials",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(wanted));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            content = wanted;
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.OUTPUT_FAILED, file + " cannot be written: " + e.getMessage(), null, null, e);
        }
    }
}
