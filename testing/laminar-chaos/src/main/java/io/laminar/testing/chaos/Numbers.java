package io.laminar.testing.chaos;

/** Reads the whole numbers of a JSON object whose names have no digits. */
final class Numbers {
    /** Stands for {@code null}. */
    static final long NULL = Long.MIN_VALUE;

    private Numbers() {}

    /** As many as there are, in their order. */
    static long[] of(String json, int count) {
        long[] numbers = new long[count];
        int found = 0;
        int at = json.indexOf(':');
        while (at >= 0) {
            int end = at + 1;
            while (end < json.length() && json.charAt(end) != ',' && json.charAt(end) != '}') {
                end++;
            }
            String value = json.substring(at + 1, end).strip();
            if (found == count) {
                throw new IllegalArgumentException("more than " + count + " values: " + json);
            }
            numbers[found++] = value.equals("null") ? NULL : Long.parseLong(value);
            at = json.indexOf(':', end);
        }
        if (found < count) {
            throw new IllegalArgumentException("fewer than " + count + " values: " + json);
        }
        return numbers;
    }
}
