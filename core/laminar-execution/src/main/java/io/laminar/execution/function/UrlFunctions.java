package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.TEXT;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.Prepared;
import io.laminar.spi.function.SqlFunction;
import java.nio.charset.StandardCharsets;

/** Parts of URLs, and the encoding of forms (a space is a plus sign). */
public final class UrlFunctions {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private UrlFunctions() {}

    @SqlFunction(
            value = "parse_url(text, text) -> text",
            category = TEXT,
            description =
                    "A part of a URL: PROTOCOL, AUTHORITY, USERINFO, HOST, PORT, PATH, QUERY, FILE or REF; NULL if "
                            + "there is none.",
            example = "parse_url('https://example.org:8080/a/b?x=1#top', 'HOST')",
            result = "example.org")
    public static boolean parseUrl(Slice url, @Prepared UrlPart part, Slice out) {
        return part.find(url, out);
    }

    @SqlFunction(
            value = "parse_url(text, text, text) -> text",
            category = TEXT,
            description = "The value of a key in a URL's QUERY, as it stands there; NULL if there is none.",
            example = "parse_url('https://example.org/?x=1&y=2', 'QUERY', 'y')",
            result = "2")
    public static boolean parseUrl(Slice url, @Prepared UrlPart part, Slice key, Slice out) {
        if (part != UrlPart.QUERY) {
            throw Refusals.invalid("parse_url", "only the part QUERY has keys");
        }
        if (!part.find(url, out)) {
            return false;
        }
        byte[] b = out.base();
        int end = out.offset() + out.length();
        int at = out.offset();
        while (at <= end) {
            int stop = at;
            while (stop < end && b[stop] != '&') {
                stop++;
            }
            int equals = at + key.length();
            if (equals < stop && b[equals] == '=' && Utf8.matches(b, at, key.base(), key.offset(), key.length())) {
                out.set(b, equals + 1, stop - equals - 1);
                return true;
            }
            at = stop + 1;
        }
        return false;
    }

    @SqlFunction(
            value = "url_encode(text) -> text",
            category = TEXT,
            description = "The text as it may stand in a query of a URL.",
            example = "url_encode('a b&c/ü')",
            result = "a+b%26c%2F%C3%BC")
    public static void encode(Slice text, Slice out) {
        byte[] to = out.reserve(TextLimits.size("url_encode", text.length(), 3));
        int write = 0;
        for (int i = 0; i < text.length(); i++) {
            byte c = text.at(i);
            if (isPlain(c)) {
                to[write++] = c;
            } else if (c == ' ') {
                to[write++] = '+';
            } else {
                to[write++] = '%';
                to[write++] = HEX[c >> 4 & 0xF];
                to[write++] = HEX[c & 0xF];
            }
        }
        out.length(write);
    }

    private static boolean isPlain(byte c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '*';
    }

    @SqlFunction(
            value = "url_decode(text) -> text",
            category = TEXT,
            description = "The text that url_encode has encoded.",
            example = "url_decode('a+b%26c')",
            result = "a b&c")
    public static void decode(Slice text, Slice out) {
        byte[] to = out.reserve(text.length());
        int length = text.length();
        int write = 0;
        for (int i = 0; i < length; i++) {
            byte c = text.at(i);
            if (c == '+') {
                to[write++] = ' ';
            } else if (c == '%') {
                int high = i + 2 < length ? Character.digit(text.at(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text.at(i + 2), 16);
                if (low < 0) {
                    throw Refusals.invalid("url_decode", "a % is not followed by two hexadecimal digits");
                }
                to[write++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                to[write++] = c;
            }
        }
        out.length(write);
    }
}
