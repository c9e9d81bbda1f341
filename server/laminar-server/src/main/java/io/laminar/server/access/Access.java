package io.laminar.server.access;

import io.laminar.metadata.Token;
import io.laminar.metadata.Tokens;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who calls, told by tokens. Of a token only the hash is kept. */
public final class Access {
    private static final String BEARER = "Bearer ";
    private static final String PREFIX = "lam_";
    private static final int TOKEN_BYTES = 32;
    private static final String FIRST = "first";
    /** A token that was taken away is refused after this long at the latest by other servers, at once by this one. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    private final Tokens tokens;
    private final InstantSource clock;
    private final boolean open;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Caller caller, Instant until) {}

    /** A new token; its text is shown once. */
    public record Issued(Token token, String text) {}

    /** @param open whether everybody may do everything */
    public Access(Tokens tokens, InstantSource clock, boolean open) {
        this.tokens = tokens;
        this.clock = clock;
        this.open = open;
    }

    /** The token of a new store, for its first administrator; null if there are tokens. */
    public @Nullable Issued first() {
        return tokens.isEmpty() ? issue(FIRST, Role.ADMIN) : null;
    }

    /** @throws LaminarException NAME_TAKEN */
    public Issued issue(String name, Role role) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new Issued(tokens.create(name, role.text(), hash(text)), text);
    }

    /** @throws LaminarException NOT_FOUND */
    public void revoke(String id) {
        tokens.delete(id);
        known.clear();
    }

    /**
     * Who calls.
     *
     * @param authorization the header; null if there is none
     * @throws LaminarException UNAUTHENTICATED
     */
    public Caller caller(@Nullable String authorization) {
        if (authorization == null && open) {
            return new Caller("anonymous", "anonymous", Role.ADMIN);
        }
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw unauthenticated("no token was sent");
        }
        String hash = hash(authorization.substring(BEARER.length()).strip());
        Instant now = clock.instant();
        Known before = known.get(hash);
        if (before != null && now.isBefore(before.until())) {
            return before.caller();
        }
        Token token = tokens.withHash(hash).orElseThrow(() -> {
            known.remove(hash);
            return unauthenticated("the token is not known here, or no longer");
        });
        Instant last = token.lastUsed();
        if (last == null || last.plus(USE_NOTED_EVERY).isBefore(now)) {
            tokens.used(token.id());
        }
        Caller caller = new Caller(token.id(), token.name(), Role.named(token.role()));
        known.put(hash, new Known(caller, now.plus(KNOWN_FOR)));
        return caller;
    }

    /** @throws LaminarException FORBIDDEN */
    public static void require(Caller caller, Role role) {
        if (!caller.role().includes(role)) {
            throw new LaminarException(
                    ErrorCode.FORBIDDEN,
                    "this is for the role " + role.text() + "; the token '" + caller.name() + "' has the role "
                            + caller.role().text(),
                    "ask an administrator for another token");
        }
    }

    private static LaminarException unauthenticated(String reason) {
        return new LaminarException(ErrorCode.UNAUTHENTICATED, reason, "send the header 'Authorization: Bearer TOKEN'");
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
