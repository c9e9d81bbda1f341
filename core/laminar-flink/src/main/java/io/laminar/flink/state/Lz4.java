package io.laminar.flink.state;

import io.laminar.execution.snapshot.Compression;
import java.io.IOException;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** LZ4: its native library, which reads state back three times as fast, or Java where that cannot be loaded. */
public final class Lz4 implements Compression {
    private static final LZ4Factory FACTORY = LZ4Factory.fastestInstance();

    public static final Lz4 INSTANCE = new Lz4();

    private final LZ4Compressor compressor = FACTORY.fastCompressor();
    private final LZ4SafeDecompressor decompressor = FACTORY.safeDecompressor();

    private Lz4() {}

    @Override
    public int bound(int length) {
        return compressor.maxCompressedLength(length);
    }

    @Override
    public int compress(byte[] from, int length, byte[] to) {
        return compressor.compress(from, 0, length, to, 0);
    }

    @Override
    public void decompress(byte[] from, int start, int length, byte[] to) throws IOException {
        try {
            int size = decompressor.decompress(from, start, length, to, 0);
            if (size != to.length) {
                throw new IOException("a section of state is damaged");
            }
        } catch (LZ4Exception e) {
            throw new IOException("a section of state is damaged", e);
        }
    }
}
