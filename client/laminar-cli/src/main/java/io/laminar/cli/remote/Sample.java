package io.laminar.cli.remote;

import io.laminar.cli.Terminal;
import io.laminar.client.model.InferSchema;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The start of some data, or the text of a schema, that columns are found out of.
 *
 * @param format of the data or the schema
 * @param definition whether it is a schema
 */
record Sample(String format, boolean definition, byte[] bytes) {
    /** Far more than columns need, and less than a server takes. */
    private static final int TEXT_BYTES = 256 << 10;

    private static final int ALL_BYTES = 2 << 20;
    private static final Set<String> TEXTS = Set.of("json", "csv");
    private static final Map<String, String> DATA = Map.of(
            "json", "json", "ndjson", "json", "jsonl", "json", "csv", "csv", "parquet", "parquet", "avro", "avro");
    private static final Map<String, String> SCHEMAS = Map.of("avsc", "avro", "proto", "protobuf");

    /**
     * Reads as much of a file as is needed.
     *
     * @param file path, or {@code -} for the standard input
     * @param given format that was named; null to take the extension of the file's name
     * @param isSchema whether it was said to be a schema; a file like {@code x.avsc} is one anyhow
     * @throws LaminarException USAGE if the file cannot be read, or its format is not known
     */
    static Sample read(String file, @Nullable String given, boolean isSchema, Terminal terminal) {
        String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean definition = isSchema || given == null && SCHEMAS.containsKey(extension);
        String format =
                given != null ? given : SCHEMAS.containsKey(extension) ? SCHEMAS.get(extension) : DATA.get(extension);
        if (format == null) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    file.equals("-")
                            ? "the standard input does not say its format"
                            : "the name of '" + file + "' does not say its format",
                    "for example --format json");
        }
        boolean text = !definition && TEXTS.contains(format);
        byte[] bytes = start(file, terminal, text ? TEXT_BYTES : ALL_BYTES + 1);
        if (!text && bytes.length > ALL_BYTES) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "'" + file + "' is larger than " + (ALL_BYTES >> 20) + " MB",
                    "a smaller file of the same kind does as well");
        }
        return new Sample(format, definition, text && bytes.length == TEXT_BYTES ? wholeLines(bytes) : bytes);
    }

    private static byte[] start(String file, Terminal terminal, int most) {
        if (file.equals("-")) {
            try {
                return terminal.in().readNBytes(most);
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readNBytes(most);
        } catch (NoSuchFileException e) {
            throw new LaminarException(ErrorCode.USAGE, "there is no file '" + file + "'");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static LaminarException unreadable(String file, IOException e) {
        return new LaminarException(
                ErrorCode.USAGE,
                "'" + file + "' cannot be read: "
                        + (Files.isDirectory(Path.of(file)) ? "it is a folder" : e.getMessage()),
                null,
                null,
                e);
    }

    private static byte[] wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end == 0 ? bytes : Arrays.copyOf(bytes, end);
    }

    /** What a server is asked. */
    InferSchema question(String table) {
        InferSchema question = new InferSchema().table(table).format(format);
        return definition
                ? question.schema(new String(bytes, StandardCharsets.UTF_8))
                : question.sampleBase64(Base64.getEncoder().encodeToString(bytes));
    }
}
