package io.laminar.spi.format;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The formats on the class path. */
public final class Formats {
    private static final Map<String, Format> BY_NAME = load();

    private Formats() {}

    public static Collection<Format> all() {
        return Collections.unmodifiableCollection(BY_NAME.values());
    }

    /**
     * The format of a name.
     *
     * @throws LaminarException UNKNOWN_FORMAT
     */
    public static Format named(String name) {
        Format format = BY_NAME.get(name);
        if (format == null) {
            throw new LaminarException(
                    ErrorCode.UNKNOWN_FORMAT,
                    "there is no format '" + name + "'; there are " + String.join(", ", BY_NAME.keySet()),
                    NearestName.hint(name, BY_NAME.keySet()));
        }
        return format;
    }

    /** The format of a table whose files are read and written whole; null for records one after the other. */
    public static @Nullable FileFormat wholeFiles(FormatSpec spec) {
        return named(spec.format()) instanceof FileFormat format && format.wholeFiles(spec) ? format : null;
    }

    private static Map<String, Format> load() {
        Map<String, Format> formats = new TreeMap<>();
        ServiceLoader.load(Format.class, Formats.class.getClassLoader()).forEach(f -> formats.put(f.name(), f));
        return formats;
    }
}
