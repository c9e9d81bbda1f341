package io.laminar.metadata;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where metadata are.
 *
 * @param url of JDBC, for SQLite or PostgreSQL
 */
public record MetadataLocation(
        String url, @Nullable String user, @Nullable String password) {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRES = "jdbc:postgresql:";

    public MetadataLocation {
        if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRES)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "metadata cannot be kept in '" + url.replaceAll("\\?.*", "") + "'",
                    "name a file, or a database of PostgreSQL: jdbc:postgresql://host/database");
        }
    }

    /** A file, which is made if it does not exist. */
    public static MetadataLocation file(Path file) {
        return new MetadataLocation(SQLITE + file, null, null);
    }

    boolean isSqlite() {
        return url.startsWith(SQLITE);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return url.replaceAll("\\?.*", "");
    }
}
