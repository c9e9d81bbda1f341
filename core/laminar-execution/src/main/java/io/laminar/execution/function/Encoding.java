package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** A way to write bytes as text. */
public enum Encoding {
    HEX,
    BASE64;

    private static final String DIGITS = "0123456789abcdef";

    public static Encoding prepare(Slice name) {
        String wanted = name.toString().strip().toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "hex" -> HEX;
            case "base64" -> BASE64;
            default -> throw Refusals.unknown("encode", "encoding", wanted, List.of("hex", "base64"));
        };
    }

    void encode(Slice bytes, Slice out) {
        if (this == BASE64) {
            byte[] encoded = Base64.getEncoder().encode(content(bytes));
            out.set(encoded, 0, encoded.length);
            return;
        }
        int length = bytes.length();
        byte[] to = out.reserve(TextLimits.size("encode", length, 2));
        for (int i = 0; i < length; i++) {
            byte b = bytes.at(i);
            to[2 * i] = (byte) DIGITS.charAt(b >> 4 & 0xF);
            to[2 * i + 1] = (byte) DIGITS.charAt(b & 0xF);
        }
        out.length(2 * length);
    }

    void decode(Slice text, Slice out) {
        if (this == BASE64) {
            byte[] decoded;
            try {
                decoded = Base64.getMimeDecoder().decode(content(text));
            } catch (IllegalArgumentException e) {
                throw Refusals.invalid("decode", "the text is not base64: " + e.getMessage());
            }
            out.set(decoded, 0, decoded.length);
            return;
        }
        int length = text.length();
        if (length % 2 != 0) {
            throw Refusals.invalid("decode", "the text has an odd number of hexadecimal digits");
        }
        byte[] to = out.reserve(length / 2);
        for (int i = 0; i < length; i += 2) {
            int high = Character.digit(text.at(i), 16);
            int low = Character.digit(text.at(i + 1), 16);
            if (high < 0 || low < 0) {
                throw Refusals.invalid("decode", "the text has something else than hexadecimal digits");
            }
            to[i / 2] = (byte) (high << 4 | low);
        }
        out.length(length / 2);
    }

    private static byte[] content(Slice slice) {
        return Arrays.copyOfRange(slice.base(), slice.offset(), slice.offset() + slice.length());
    }
}
