package io.laminar.server.api;

import io.laminar.flink.runtime.StopMode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Words that callers choose. */
public final class Words {
    private static final int LONGEST = 200;

    private Words() {}

    /**
     * The name of something that is stored.
     *
     * @throws LaminarException INVALID_REQUEST
     */
    public static String name(String name) {
        boolean fits = !name.isBlank()
                && name.length() <= LONGEST
                && name.equals(name.strip())
                && name.chars().noneMatch(Character::isISOControl)
                && name.indexOf('*') < 0;
        if (!fits) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST,
                    "a name has 1 to " + LONGEST
                            + " characters, no blanks around it, no '*' and no control characters");
        }
        return name;
    }

    /** @throws LaminarException INVALID_REQUEST */
    public static StopMode stopMode(String text) {
        List<String> modes = Arrays.stream(StopMode.values())
                .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!modes.contains(text)) {
            String hint = NearestName.hint(text, modes);
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST,
                    "there is no way of stopping '" + text + "'",
                    hint != null ? hint : "there are " + String.join(", ", modes));
        }
        return StopMode.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
