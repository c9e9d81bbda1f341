package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.HASH;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.SqlFunction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Digests of texts and bytes; as hexadecimal text, as in Postgres and Flink. */
public final class HashFunctions {

    private HashFunctions() {}

    @SqlFunction(
            value = "md5(text) -> text",
            category = HASH,
            description = "The MD5 digest in hexadecimal digits.",
            example = "md5('abc')",
            result = "900150983cd24fb0d6963f7d28e17f72")
    @SqlFunction(
            value = "md5(bytes) -> text",
            category = HASH,
            description = "The MD5 digest in hexadecimal digits.",
            example = "md5(decode('00', 'hex'))",
            result = "93b885adfe0da089cdf634904fd59f71")
    public static void md5(Slice bytes, Slice out) {
        digest("MD5", bytes, out);
    }

    @SqlFunction(
            value = "sha1(text) -> text",
            category = HASH,
            description = "The SHA-1 digest in hexadecimal digits.",
            example = "sha1('abc')",
            result = "a9993e364706816aba3e25717850c26c9cd0d89d")
    @SqlFunction(
            value = "sha1(bytes) -> text",
            category = HASH,
            description = "The SHA-1 digest in hexadecimal digits.",
            example = "sha1(decode('00', 'hex'))",
            result = "5ba93c9db0cff93f52b521d7420e43f6eda2784f")
    public static void sha1(Slice bytes, Slice out) {
        digest("SHA-1", bytes, out);
    }

    @SqlFunction(
            value = "sha224(text) -> text",
            category = HASH,
            description = "The SHA-224 digest in hexadecimal digits.",
            example = "sha224('abc')",
            result = "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")
    @SqlFunction(
            value = "sha224(bytes) -> text",
            category = HASH,
            description = "The SHA-224 digest in hexadecimal digits.",
            example = "sha224(decode('00', 'hex'))",
            result = "fff9292b4201617bdc4d3053fce02734166a683d7d858a7f5f59b073")
    public static void sha224(Slice bytes, Slice out) {
        digest("SHA-224", bytes, out);
    }

    @SqlFunction(
            value = "sha256(text) -> text",
            category = HASH,
            description = "The SHA-256 digest in hexadecimal digits.",
            example = "sha256('abc')",
            result = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    @SqlFunction(
            value = "sha256(bytes) -> text",
            category = HASH,
            description = "The SHA-256 digest in hexadecimal digits.",
            example = "sha256(decode('00', 'hex'))",
            result = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    public static void sha256(Slice bytes, Slice out) {
        digest("SHA-256", bytes, out);
    }

    @SqlFunction(
            value = "sha384(text) -> text",
            category = HASH,
            description = "The SHA-384 digest in hexadecimal digits.",
            example = "sha384('abc')",
            result = "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7")
    @SqlFunction(
            value = "sha384(bytes) -> text",
            category = HASH,
            description = "The SHA-384 digest in hexadecimal digits.",
            example = "sha384(decode('00', 'hex'))",
            result = "bec021b4f368e3069134e012c2b4307083d3a9bdd206e24e5f0d86e13d6636655933ec2b413465966817a9c208a11717")
    public static void sha384(Slice bytes, Slice out) {
        digest("SHA-384", bytes, out);
    }

    @SqlFunction(
            value = "sha512(text) -> text",
            category = HASH,
            description = "The SHA-512 digest in hexadecimal digits.",
            example = "sha512('abc')",
            result =
                    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")
    @SqlFunction(
            value = "sha512(bytes) -> text",
            category = HASH,
            description = "The SHA-512 digest in hexadecimal digits.",
            example = "sha512(decode('00', 'hex'))",
            result =
                    "b8244d028981d693af7b456af8efa4cad63d282e19ff14942c246e50d9351d22704a802a71c3580b6370de4ceb293c324a8423342557d4e5c38438f0e36910ee")
    public static void sha512(Slice bytes, Slice out) {
        digest("SHA-512", bytes, out);
    }

    @SqlFunction(
            value = "crc32(text) -> bigint",
            category = HASH,
            description = "The CRC-32 checksum.",
            example = "crc32('abc')",
            result = "891568578")
    @SqlFunction(
            value = "crc32(bytes) -> bigint",
            category = HASH,
            description = "The CRC-32 checksum.",
            example = "crc32(decode('00', 'hex'))",
            result = "3523407757")
    public static long crc32(Slice bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.base(), bytes.offset(), bytes.length());
        return crc.getValue();
    }

    @SqlFunction(
            value = "xxhash64(text) -> bigint",
            category = HASH,
            description = "The 64-bit xxHash with seed 0, as a signed number.",
            example = "xxhash64('abc')",
            result = "4952883123889572249")
    @SqlFunction(
            value = "xxhash64(bytes) -> bigint",
            category = HASH,
            description = "The 64-bit xxHash with seed 0, as a signed number.",
            example = "xxhash64(decode('', 'hex'))",
            result = "-1205034819632174695")
    public static long xxhash64(Slice bytes) {
        return XxHash64.hash(bytes.base(), bytes.offset(), bytes.length(), 0);
    }

    @SqlFunction(
            value = "multi_hash(text...) -> text",
            nulls = NullHandling.CALLED,
            category = HASH,
            description =
                    "One SHA-256 digest, in hexadecimal digits, of several texts; NULLs and where one text ends count.",
            example = "multi_hash('a', NULL, 'bc')",
            result = "176c594b8a0ab9dcd47d64a15df051fa4a3d17dce853df452779de4f5af46e99")
    public static void multiHash(@Nullable Slice[] texts, Slice out) {
        Slice all = new Slice();
        int used = 0;
        for (Slice text : texts) {
            int length = text == null ? -1 : text.length();
            byte[] to = all.grow(used, used + 4 + Math.max(0, length));
            for (int i = 0; i < 4; i++) {
                to[used + i] = (byte) (length >> 8 * (3 - i));
            }
            if (text != null) {
                System.arraycopy(text.base(), text.offset(), to, used + 4, length);
            }
            used += 4 + Math.max(0, length);
        }
        all.length(used);
        digest("SHA-256", all, out);
    }

    private static void digest(String algorithm, Slice bytes, Slice out) {
        Slice raw = new Slice();
        byte[] digest = digest(algorithm, bytes);
        raw.set(digest, 0, digest.length);
        Encoding.HEX.encode(raw, out);
    }

    private static byte[] digest(String algorithm, Slice bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(bytes.base(), bytes.offset(), bytes.length());
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
