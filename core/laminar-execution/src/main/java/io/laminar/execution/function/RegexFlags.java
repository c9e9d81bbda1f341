package io.laminar.execution.function;

import com.google.re2j.Pattern;
import io.laminar.spi.batch.Slice;

/**
 * Letters that change how a pattern is read.
 *
 * @param bits flags of RE2/J
 * @param all whether all occurrences are meant rather than the first
 */
public record RegexFlags(int bits, boolean all) {

    public static RegexFlags prepare(Slice letters) {
        int bits = 0;
        boolean all = false;
        for (char letter : letters.toString().toCharArray()) {
            switch (letter) {
                case 'g' -> all = true;
                case 'i' -> bits |= Pattern.CASE_INSENSITIVE;
                case 'c' -> bits &= ~Pattern.CASE_INSENSITIVE;
                case 's' -> bits |= Pattern.DOTALL;
                case 'm', 'n' -> bits |= Pattern.MULTILINE;
                default ->
                    throw Refusals.invalid(
                            "regexp",
                            "there is no flag '" + letter + "'",
                            "flags are g (all), i (any letter case), c (exact letter case), s (. matches line ends), m"
                                    + " (^ and $ match at lines)");
            }
        }
        return new RegexFlags(bits, all);
    }
}
