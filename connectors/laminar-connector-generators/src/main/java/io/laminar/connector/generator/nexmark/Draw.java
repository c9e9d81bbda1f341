package io.laminar.connector.generator.nexmark;

/**
 * Random numbers by position instead of by sequence: the draw of an event for one purpose is a hash of seed, event and
 * purpose. So any event can be made without those before it, and leaving a column out changes no other.
 */
final class Draw {
    private final long seed;

    Draw(long seed, String purpose) {
        this.seed = mix(seed * 0x9E3779B97F4A7C15L + purpose.hashCode());
    }

    /** 64 random bits. */
    long bits(long event) {
        return mix(seed + event * 0xD1B54A32D192ED03L);
    }

    /** Uniform in [0, bound). */
    long below(long event, long bound) {
        return Math.floorMod(bits(event) >>> 1, bound);
    }

    /** Uniform in [0, 1). */
    double fraction(long event) {
        return (bits(event) >>> 11) * 0x1.0p-53;
    }

    /** The finaliser of SplitMix64 (Sebastiano Vigna, public domain). */
    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
