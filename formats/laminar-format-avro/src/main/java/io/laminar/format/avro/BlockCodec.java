package io.laminar.format.avro;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.xerial.snappy.Snappy;

/** How blocks of a container are compressed. */
enum BlockCodec {
    NULL,
    DEFLATE,
    SNAPPY,
    ZSTANDARD,
    BZIP2;

    /** Bytes that a block may have when it is unpacked: a bomb ends there. */
    private static final int MOST_PLAIN = 1 << 28;

    private static final int ZSTD_LEVEL = 3;

    /** As headers of files name it. */
    String codecName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IOException for a name that is none of these */
    static BlockCodec named(String name) throws IOException {
        for (BlockCodec codec : values()) {
            if (codec.codecName().equals(name)) {
                return codec;
            }
        }
        throw new IOException(
                "blocks are compressed with '" + name + "'; known are null, deflate, snappy, zstandard" + " and bzip2");
    }

    /** The content of a block; a new array unless the block is not compressed and the whole array. */
    byte[] decompress(byte[] b, int from, int count) throws IOException {
        return switch (this) {
            case NULL -> Arrays.copyOfRange(b, from, from + count);
            case DEFLATE -> inflate(b, from, count);
            case SNAPPY -> unsnap(b, from, count);
            case ZSTANDARD -> readAll(new ZstdInputStream(new ByteArrayInputStream(b, from, count)));
            case BZIP2 -> readAll(new BZip2CompressorInputStream(new ByteArrayInputStream(b, from, count)));
        };
    }

    byte[] compress(byte[] b, int count) throws IOException {
        return switch (this) {
            case NULL -> Arrays.copyOf(b, count);
            case DEFLATE -> deflate(b, count);
            case SNAPPY -> snap(b, count);
            case ZSTANDARD -> Zstd.compress(count == b.length ? b : Arrays.copyOf(b, count), ZSTD_LEVEL);
            case BZIP2 -> throw new IOException("bzip2 is only read");
        };
    }

    private static byte[] readAll(InputStream in) throws IOException {
        try (in) {
            byte[] plain = in.readNBytes(MOST_PLAIN);
            if (plain.length == MOST_PLAIN) {
                throw new IOException("a block has more than " + MOST_PLAIN + " bytes");
            }
            return plain;
        }
    }

    private static byte[] inflate(byte[] b, int from, int count) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(b, from, count);
            byte[] plain = new byte[Math.max(64, (int) Math.min(MOST_PLAIN, count * 4L))];
            int used = 0;
            while (!inflater.finished()) {
                if (used == plain.length) {
                    if (used >= MOST_PLAIN) {
                        throw new IOException("a block has more than " + MOST_PLAIN + " bytes");
                    }
                    plain = Arrays.copyOf(plain, (int) Math.min(MOST_PLAIN, used * 2L));
                }
                int got = inflater.inflate(plain, used, plain.length - used);
                if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new IOException("a block ends within its compressed data");
                }
                used += got;
            }
            return Arrays.copyOf(plain, used);
        } catch (DataFormatException damaged) {
            throw new IOException("a block is damaged: " + damaged.getMessage(), damaged);
        } finally {
            inflater.end();
        }
    }

    private static byte[] deflate(byte[] b, int count) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(b, 0, count);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(count / 2 + 64);
            byte[] part = new byte[1 << 13];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** Snappy's data and a checksum of the content after it. */
    private static byte[] unsnap(byte[] b, int from, int count) throws IOException {
        int length = count - Integer.BYTES;
        if (length < 0 || Snappy.uncompressedLength(b, from, length) > MOST_PLAIN) {
            throw new IOException("a block has no snappy data, or more than " + MOST_PLAIN + " bytes");
        }
        byte[] plain = new byte[Snappy.uncompressedLength(b, from, length)];
        int used = Snappy.uncompress(b, from, length, plain, 0);
        int checksum = java.nio.ByteBuffer.wrap(b, from + length, Integer.BYTES).getInt();
        if (used != plain.length || checksum != checksum(plain, used)) {
            throw new IOException("the checksum of a block is wrong");
        }
        return plain;
    }

    private static byte[] snap(byte[] b, int count) throws IOException {
        byte[] out = new byte[Snappy.maxCompressedLength(count) + Integer.BYTES];
        int length = Snappy.compress(b, 0, count, out, 0);
        java.nio.ByteBuffer.wrap(out, length, Integer.BYTES).putInt(checksum(b, count));
        return Arrays.copyOf(out, length + Integer.BYTES);
    }

    private static int checksum(byte[] b, int count) {
        CRC32 crc = new CRC32();
        crc.update(b, 0, count);
        return (int) crc.getValue();
    }
}
