package io.laminar.spi.option;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of options that stand in the environment: {@code {{ NAME }}} in a text is the variable of that name. What is
 * stored and shown is the placeholder; the value is put in when a pipeline is compiled.
 */
public final class Placeholders {
    /** No environment: every placeholder is an error. */
    public static final Placeholders NONE = new Placeholders(Map.of());

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*}}");

    private final Map<String, String> environment;

    private Placeholders(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Placeholders with the values of an environment, for example {@code System.getenv()}. */
    public static Placeholders of(Map<String, String> environment) {
        return new Placeholders(new TreeMap<>(environment));
    }

    /** Whether a text has placeholders. */
    public static boolean isIn(String text) {
        return PLACEHOLDER.matcher(text).find();
    }

    /** The variables that a text names, in its order. */
    public static List<String> names(String text) {
        return PLACEHOLDER.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /**
     * The text with the values of its variables.
     *
     * @throws LaminarException MISSING_VARIABLE, naming the variable and no value
     */
    public String resolve(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        StringBuilder resolved = new StringBuilder();
        do {
            String value = environment.get(matcher.group(1));
            if (value == null) {
                throw missing(matcher.group(1));
            }
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        } while (matcher.find());
        return matcher.appendTail(resolved).toString();
    }

    private LaminarException missing(String name) {
        String near = NearestName.hint(name, environment.keySet());
        return new LaminarException(
                ErrorCode.MISSING_VARIABLE,
                "the environment has no variable '" + name + "'",
                near != null ? near : "set " + name + " where Laminar runs, and start it again");
    }
}
