package io.laminar.metadata;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Makes ids: a prefix that tells the kind, and 26 letters and digits. Those of one process ascend with time, so that the
 * order of ids is the order of creation.
 */
final class Ids {
    private static final int RADIX = 32;
    private static final int RANDOM_BITS = 76;
    /** Of the time, microseconds, and the random bits; 5 bits a letter. */
    private static final int LETTERS = 26;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private long last;

    Ids(InstantSource clock) {
        this.clock = clock;
    }

    /** @param prefix for example {@code pipe_} */
    String next(String prefix) {
        BigInteger number = BigInteger.valueOf(time()).shiftLeft(RANDOM_BITS).or(new BigInteger(RANDOM_BITS, random));
        String digits = number.toString(RADIX).toLowerCase(Locale.ROOT);
        return prefix + "0".repeat(LETTERS - digits.length()) + digits;
    }

    private synchronized long time() {
        last = Math.max(last + 1, Times.micros(clock.instant()));
        return last;
    }
}
