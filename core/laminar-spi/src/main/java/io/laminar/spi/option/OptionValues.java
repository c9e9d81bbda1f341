package io.laminar.spi.option;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Values of options, read and checked against their declarations; defaults are filled in. */
public final class OptionValues implements Serializable {
    public static final OptionValues EMPTY = new OptionValues(Map.of());

    /** Option name to value in the form of {@link Option.Kind}. */
    private final TreeMap<String, Object> values;

    /** Names of those that are about access. */
    private final TreeSet<String> access;

    public OptionValues(Map<String, ?> values) {
        this(values, Set.of());
    }

    /** @param access names of options that are about access */
    public OptionValues(Map<String, ?> values, Set<String> access) {
        this.values = new TreeMap<>(values);
        this.access = new TreeSet<>(access);
    }

    /** These values with another one. */
    public OptionValues with(Option option, Object value) {
        OptionValues result = new OptionValues(values, access);
        result.values.put(option.name(), value);
        if (option.access()) {
            result.access.add(option.name());
        }
        return result;
    }

    public Map<String, Object> asMap() {
        return java.util.Collections.unmodifiableMap(values);
    }

    public boolean has(Option option) {
        return values.containsKey(option.name());
    }

    public String text(Option option) {
        return (String) required(option);
    }

    public long integer(Option option) {
        return (Long) required(option);
    }

    public double number(Option option) {
        return ((Number) required(option)).doubleValue();
    }

    public boolean bool(Option option) {
        return (Boolean) required(option);
    }

    /** Microseconds. */
    public long duration(Option option) {
        return (Long) required(option);
    }

    /** Bytes. */
    public long size(Option option) {
        return (Long) required(option);
    }

    @SuppressWarnings("unchecked")
    public List<String> textList(Option option) {
        return (List<String>) required(option);
    }

    /** Entries by key; empty if none is given. */
    @SuppressWarnings("unchecked")
    public Map<String, String> properties(Option option) {
        return (Map<String, String>) find(option).orElse(Map.of());
    }

    /** The text, if the option is given or has a default. */
    public Optional<String> findText(Option option) {
        return find(option).map(String.class::cast);
    }

    /** The value of an option declared by {@link Option#choice(String, Class, String)}. */
    public <E extends Enum<E>> E choice(Option option, Class<E> constants) {
        return Enum.valueOf(constants, text(option).toUpperCase(Locale.ROOT));
    }

    /** The value in the form of {@link Option.Kind}, or the default, if there is either. */
    public Optional<Object> find(Option option) {
        Object value = values.get(option.name());
        return Optional.ofNullable(value != null ? value : option.defaultValue());
    }

    private Object required(Option option) {
        return find(option)
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.MISSING_OPTION, "option '" + option.name() + "' is required", option.description()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OptionValues that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /**
     * What the values say of what is read and written. Names of saved state are made of it; options about access, secrets
     * among them, are left out.
     */
    @Override
    public String toString() {
        TreeMap<String, Object> told = new TreeMap<>(values);
        told.keySet().removeAll(access);
        return told.toString();
    }
}
