package io.laminar.cli;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A SQL text and where it is from.
 *
 * @param name the file's name as given, or {@code <stdin>}
 */
public record SqlSource(String name, String text) {

    /** @param file path, or {@code -} for the standard input */
    public static SqlSource read(String file, Terminal terminal) {
        if (file.equals("-")) {
            try {
                return new SqlSource("<stdin>", decode("<stdin>", terminal.in().readAllBytes()));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        try {
            return new SqlSource(file, decode(file, Files.readAllBytes(Path.of(file))));
        } catch (NoSuchFileException e) {
            throw new LaminarException(ErrorCode.USAGE, "there is no file '" + file + "'");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String decode(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new LaminarException(ErrorCode.USAGE, "'" + name + "' is not UTF-8 text");
        }
    }

    private static LaminarException unreadable(String file, IOException e) {
        String reason = Files.isDirectory(Path.of(file)) ? "it is a folder" : e.getMessage();
        return new LaminarException(
                ErrorCode.USAGE, "the file '" + file + "' cannot be read: " + reason, null, null, e);
    }

    /** A line by its number, from 1; empty if there is none. */
    String line(int number) {
        return text.lines().skip(number - 1L).findFirst().orElse("");
    }
}
