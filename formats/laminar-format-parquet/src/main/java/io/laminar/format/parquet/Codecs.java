package io.laminar.format.parquet;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** The codecs of pages, from byte array to byte array; Parquet's own go through Hadoop. */
final class Codecs implements CompressionCodecFactory {
    private static final int ZSTD_LEVEL = 3;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return new Compressor(codec);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Decompressor(codec);
    }

    @Override
    public void release() {
        // Nothing is pooled.
    }

    private record Compressor(CompressionCodecName codec) implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput plain) throws IOException {
            byte[] bytes = bytes(plain);
            return switch (codec) {
                case UNCOMPRESSED -> BytesInput.from(bytes);
                case ZSTD -> BytesInput.from(Zstd.compress(bytes, ZSTD_LEVEL));
                case SNAPPY -> BytesInput.from(Snappy.compress(bytes));
                case GZIP -> BytesInput.from(gzip(bytes));
                case LZ4_RAW -> BytesInput.from(lz4(bytes));
                default -> throw unsupported(codec);
            };
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {
            // Nothing is held.
        }
    }

    private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput compressed, int size) throws IOException {
            return BytesInput.from(plain(bytes(compressed), size));
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) throws IOException {
            byte[] compressed = new byte[compressedSize];
            input.get(compressed);
            output.clear();
            output.put(plain(compressed, size));
        }

        private byte[] plain(byte[] compressed, int size) throws IOException {
            return switch (codec) {
                case UNCOMPRESSED -> compressed;
                case ZSTD -> Zstd.decompress(compressed, size);
                case SNAPPY -> Snappy.uncompress(compressed);
                case GZIP -> new GZIPInputStream(new ByteArrayInputStream(compressed)).readNBytes(size);
                case LZ4_RAW -> {
                    byte[] plain = new byte[size];
                    new Lz4Decompressor().decompress(compressed, 0, compressed.length, plain, 0, size);
                    yield plain;
                }
                default -> throw unsupported(codec);
            };
        }

        @Override
        public void release() {
            // Nothing is held.
        }
    }

    private static byte[] bytes(BytesInput input) throws IOException {
        return input.toInputStream().readNBytes(Math.toIntExact(input.size()));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] lz4(byte[] plain) {
        Lz4Compressor compressor = new Lz4Compressor();
        byte[] target = new byte[compressor.maxCompressedLength(plain.length)];
        return Arrays.copyOf(target, compressor.compress(plain, 0, plain.length, target, 0, target.length));
    }

    private static LaminarException unsupported(CompressionCodecName codec) {
        return new LaminarException(
                ErrorCode.FILE_UNREADABLE,
                "Parquet compression " + codec + " is not supported; there are zstd, snappy, gzip and lz4_raw");
    }
}
