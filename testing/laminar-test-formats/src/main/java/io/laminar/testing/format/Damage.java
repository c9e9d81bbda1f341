package io.laminar.testing.format;

import java.util.Arrays;
import java.util.Random;

/** Damages records. */
public final class Damage {

    private Damage() {}

    /** The bytes with one of them changed, left out or added, or cut off. */
    public static byte[] of(Random random, byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[random.nextInt(3)];
        }
        int at = random.nextInt(bytes.length);
        byte[] result = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> result[at] = (byte) random.nextInt(256);
            case 1 -> result[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> result = Arrays.copyOf(bytes, at);
            case 3 -> {
                result = new byte[bytes.length - 1];
                System.arraycopy(bytes, 0, result, 0, at);
                System.arraycopy(bytes, at + 1, result, at, bytes.length - at - 1);
            }
            default -> {
                result = new byte[bytes.length + 1];
                System.arraycopy(bytes, 0, result, 0, at);
                result[at] = (byte) random.nextInt(256);
                System.arraycopy(bytes, at, result, at + 1, bytes.length - at);
            }
        }
        return result;
    }
}
