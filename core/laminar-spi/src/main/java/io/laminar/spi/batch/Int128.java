package io.laminar.spi.batch;

import java.math.BigInteger;

/** A register for one unscaled decimal while an expression is evaluated. Reused row after row. */
public final class Int128 {
    private long high;
    private long low;

    public void set(long highWord, long lowWord) {
        high = highWord;
        low = lowWord;
    }

    public void set(long value) {
        high = value >> 63;
        low = value;
    }

    public void set(Int128 other) {
        high = other.high;
        low = other.low;
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    /** Whether the value is a long. */
    public boolean fitsLong() {
        return high == low >> 63;
    }

    public BigInteger toBigInteger() {
        return BigInteger.valueOf(high).shiftLeft(64).add(unsigned(low));
    }

    /** Sets the value; false if it needs more than 128 bits. */
    public boolean set(BigInteger value) {
        if (value.bitLength() > 127) {
            return false;
        }
        high = value.shiftRight(64).longValue();
        low = value.longValue();
        return true;
    }

    private static BigInteger unsigned(long word) {
        BigInteger value = BigInteger.valueOf(word & Long.MAX_VALUE);
        return word < 0 ? value.setBit(63) : value;
    }
}
