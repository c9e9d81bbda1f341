package io.laminar.metadata;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets before they are stored: AES in Galois/Counter Mode with a key of 256 bits and a random nonce each, bound to
 * what the secret is for.
 */
public final class Secrets {
    private static final String PREFIX = "sealed:1:";
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    private Secrets(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * With a key as text.
     *
     * @param base64 32 bytes
     * @throws LaminarException INVALID_OPTION
     */
    public static Secrets withKey(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.strip());
            if (bytes.length == KEY_BYTES) {
                return new Secrets(bytes);
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new LaminarException(
                ErrorCode.INVALID_OPTION,
                "the key of secrets is not " + KEY_BYTES + " bytes in Base64",
                "openssl rand -base64 " + KEY_BYTES + " makes one");
    }

    /**
     * With the key in a file, which is made if it does not exist. Only its owner may read it.
     *
     * @throws LaminarException SECRET_UNREADABLE
     */
    public static Secrets withKeyIn(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new LaminarException(
                        ErrorCode.SECRET_UNREADABLE,
                        "others than the owner may use the key of secrets in '" + file + "'",
                        "chmod 600 " + file);
            }
            return withKey(Files.readString(file));
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.SECRET_UNREADABLE,
                    "the key of secrets in '" + file + "' cannot be read: " + e.getMessage(),
                    null,
                    null,
                    e);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        String text = Base64.getEncoder().encodeToString(key) + "\n";
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try (var channel = posix
                ? Files.newByteChannel(
                        file,
                        EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (FileAlreadyExistsException another) {
            // Another process was faster: its key counts.
            return;
        }
    }

    /** Whether a text has been sealed. */
    public static boolean isSealed(String text) {
        return text.startsWith(PREFIX);
    }

    /** @param purpose what the secret is for, for example the id of its profile and the name of the option */
    public String seal(String secret, String purpose) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            ByteBuffer all = ByteBuffer.allocate(nonce.length + sealed.length);
            all.put(nonce).put(sealed);
            return PREFIX + Base64.getEncoder().encodeToString(all.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /**
     * What has been sealed.
     *
     * @param purpose the one it was sealed for
     * @throws LaminarException SECRET_UNREADABLE if it was sealed with another key or for another purpose, or changed
     */
    public String open(String sealed, String purpose) {
        try {
            byte[] all = Base64.getDecoder().decode(sealed.substring(PREFIX.length()));
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, java.util.Arrays.copyOf(all, NONCE_BYTES), purpose);
            return new String(cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new LaminarException(
                    ErrorCode.SECRET_UNREADABLE,
                    "a secret cannot be read: it was stored with another key, or has been changed",
                    null,
                    "start with the key it was stored with, or set the secret again",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
