package io.laminar.connector.file;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How a file is compressed. Both codecs allow several compressed streams one after the other in one file. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD;

    private static final int BUFFER = 64 << 10;
    private static final Map<String, Compression> EXTENSIONS =
            Map.of("gz", GZIP, "gzip", GZIP, "zst", ZSTD, "zstd", ZSTD);

    /** What a file's name says. */
    public static Compression byExtension(String name) {
        int dot = name.lastIndexOf('.');
        return EXTENSIONS.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), NONE);
    }

    /** What a name should end with: {@code .gz}, {@code .zst} or nothing. */
    public String extension() {
        return switch (this) {
            case NONE -> "";
            case GZIP -> ".gz";
            case ZSTD -> ".zst";
        };
    }

    public InputStream decompress(InputStream raw) throws IOException {
        return switch (this) {
            case NONE -> raw;
            case GZIP -> new GZIPInputStream(raw, BUFFER);
            case ZSTD -> new ZstdInputStream(raw).setContinuous(false);
        };
    }

    /** A stream whose end writes the end of the compressed data; the stream below has to be closed apart from it. */
    public OutputStream compress(OutputStream raw) throws IOException {
        return switch (this) {
            case NONE -> raw;
            case GZIP -> new GZIPOutputStream(raw, BUFFER);
            case ZSTD -> new ZstdOutputStream(raw);
        };
    }
}
