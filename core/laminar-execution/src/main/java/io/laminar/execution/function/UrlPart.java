package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;
import java.util.Arrays;
import java.util.Locale;

/** A part of a URL, found in its bytes; parts that are not there are NULL. */
public enum UrlPart {
    PROTOCOL,
    AUTHORITY,
    USERINFO,
    HOST,
    PORT,
    PATH,
    QUERY,
    FILE,
    REF;

    public static UrlPart prepare(Slice name) {
        String wanted = name.toString().strip().toUpperCase(Locale.ROOT);
        for (UrlPart part : values()) {
            if (part.name().equals(wanted)) {
                return part;
            }
        }
        throw Refusals.unknown(
                "parse_url",
                "part",
                wanted,
                Arrays.stream(values()).map(UrlPart::name).toList());
    }

    /** Sets {@code out} to a view of the part; false if there is none, or the text is no URL. */
    boolean find(Slice url, Slice out) {
        byte[] b = url.base();
        int start = url.offset();
        int end = start + url.length();
        int colon = scheme(b, start, end);
        if (colon < 0) {
            return false;
        }
        if (this == PROTOCOL) {
            return view(b, start, colon, out);
        }
        int hash = indexOf(b, colon + 1, end, '#');
        if (this == REF) {
            return hash < end && view(b, hash + 1, end, out);
        }
        boolean hasAuthority = hash - colon >= 3 && b[colon + 1] == '/' && b[colon + 2] == '/';
        int authority = hasAuthority ? colon + 3 : colon + 1;
        int question = indexOf(b, authority, hash, '?');
        if (this == QUERY) {
            return question < hash && view(b, question + 1, hash, out);
        }
        int path = hasAuthority ? indexOf(b, authority, question, '/') : authority;
        return switch (this) {
            case PATH -> view(b, path, question, out);
            case FILE -> view(b, path, hash, out);
            default -> hasAuthority && findInAuthority(b, authority, path, out);
        };
    }

    private boolean findInAuthority(byte[] b, int from, int to, Slice out) {
        int user = indexOf(b, from, to, '@');
        int host = user < to ? user + 1 : from;
        boolean bracketed = host < to && b[host] == '[';
        int colon = indexOf(b, bracketed ? indexOf(b, host, to, ']') : host, to, ':');
        return switch (this) {
            case AUTHORITY -> from < to && view(b, from, to, out);
            case USERINFO -> user < to && view(b, from, user, out);
            case PORT -> colon + 1 < to && view(b, colon + 1, to, out);
            default -> host < colon && view(b, host, colon, out);
        };
    }

    /** Where the colon behind the scheme is; -1 if the text does not start with one. */
    private static int scheme(byte[] b, int start, int end) {
        for (int at = start; at < end; at++) {
            byte c = b[at];
            if (c == ':') {
                return at > start ? at : -1;
            }
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean other = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
            if (!letter && (!other || at == start)) {
                return -1;
            }
        }
        return -1;
    }

    private static int indexOf(byte[] b, int from, int to, char wanted) {
        for (int at = from; at < to; at++) {
            if (b[at] == wanted) {
                return at;
            }
        }
        return to;
    }

    private static boolean view(byte[] b, int from, int to, Slice out) {
        out.set(b, from, to - from);
        return true;
    }
}
