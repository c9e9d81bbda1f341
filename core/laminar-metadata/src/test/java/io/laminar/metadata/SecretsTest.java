package io.laminar.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final Secrets SECRETS = Secrets.withKey(Base64.getEncoder().encodeToString(new byte[32]));

    private static void assertUnreadable(String sealed, String purpose, Secrets by) {
        LaminarException refusal = assertThrows(LaminarException.class, () -> by.open(sealed, purpose));
        assertEquals(ErrorCode.SECRET_UNREADABLE, refusal.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2", "p\u00e4ssw\u00f6rt \ud83d\udd11", "sealed:1:"})
    void whatIsSealedComesBack(String secret) {
        String sealed = SECRETS.seal(secret, "prof_1/password");
        assertTrue(Secrets.isSealed(sealed));
        assertFalse(sealed.contains("hunter2"));
        assertNotEquals(sealed, SECRETS.seal(secret, "prof_1/password"));
        assertEquals(secret, SECRETS.open(sealed, "prof_1/password"));
    }

    @Test
    void nobodyElseReadsIt() {
        String sealed = SECRETS.seal("hunter2", "prof_1/password");
        assertUnreadable(sealed, "prof_2/password", SECRETS);
        byte[] key = new byte[32];
        key[31] = 1;
        assertUnreadable(
                sealed, "prof_1/password", Secrets.withKey(Base64.getEncoder().encodeToString(key)));
        for (String damaged : List.of(
                sealed.substring(0, sealed.length() - 8),
                "sealed:1:",
                "sealed:1:AAAA",
                "sealed:1:not base64",
                sealed.replaceFirst("sealed:1:.", "sealed:1:" + (sealed.charAt(9) == 'A' ? 'B' : 'A')))) {
            assertUnreadable(damaged, "prof_1/password", SECRETS);
        }
    }

    @Test
    void theKeyIsInAFileOfItsOwner(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("secrets.key");
        String sealed = Secrets.withKeyIn(file).seal("hunter2", "a");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("hunter2", Secrets.withKeyIn(file).open(sealed, "a"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        LaminarException refusal = assertThrows(LaminarException.class, () -> Secrets.withKeyIn(file));
        assertEquals("chmod 600 " + file, refusal.hint());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        Secrets.withKeyIn(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "AAAA", "%%%"})
    void aKeyHas32Bytes(String key) {
        LaminarException refusal = assertThrows(LaminarException.class, () -> Secrets.withKey(key));
        assertEquals(ErrorCode.INVALID_OPTION, refusal.code());
    }
}
