package io.laminar.server.access;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What somebody may do; each role may do all that those before it may. */
public enum Role {
    /** Looks at everything, changes nothing. */
    VIEWER,
    /** Changes connections, functions and pipelines; functions are code that runs in the server and on its cluster. */
    DEVELOPER,
    /** Gives and takes tokens. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The name in JSON and in the store. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws LaminarException INVALID_REQUEST */
    public static Role named(String text) {
        List<String> names = Arrays.stream(values()).map(Role::text).toList();
        int found = names.indexOf(text);
        if (found < 0) {
            String hint = NearestName.hint(text, names);
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST,
                    "there is no role '" + text + "'",
                    hint != null ? hint : "roles are " + String.join(", ", names));
        }
        return values()[found];
    }
}
