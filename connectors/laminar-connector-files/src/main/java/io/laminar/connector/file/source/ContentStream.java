package io.laminar.connector.file.source;

import io.laminar.connector.file.Compression;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/** Opens the content of files, decompressed, at offsets of the content. */
final class ContentStream {

    private ContentStream() {}

    static InputStream open(Path path, Compression compression, long offset) throws IOException {
        FSDataInputStream raw = path.getFileSystem().open(path);
        try {
            if (compression == Compression.NONE) {
                raw.seek(offset);
                return raw;
            }
            InputStream content = compression.decompress(raw);
            content.skipNBytes(offset);
            return content;
        } catch (IOException | RuntimeException failed) {
            raw.close();
            throw failed;
        }
    }
}
