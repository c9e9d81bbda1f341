package io.laminar.benchmark.flink;

import org.apache.flink.table.functions.ScalarFunction;

/** The user function {@code count_char} of query 14. */
public final class CountCharacter extends ScalarFunction {

    /** How often a character stands in a text. */
    public long eval(String text, String character) {
        long count = 0;
        char wanted = character.charAt(0);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == wanted) {
                count++;
            }
        }
        return count;
    }
}
