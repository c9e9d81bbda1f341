package io.laminar.execution.function;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The elements of an array, to be asked for by value. */
final class ElementSet {
    private final TreeSet<@Nullable Object> elements = new TreeSet<>(ValueOrder.ASCENDING);

    ElementSet(List<@Nullable Object> array) {
        elements.addAll(array);
    }

    boolean has(@Nullable Object element) {
        return elements.contains(element);
    }

    /** Every element once, in the order of first appearance. */
    static List<@Nullable Object> distinct(List<@Nullable Object> array) {
        TreeSet<@Nullable Object> seen = new TreeSet<>(ValueOrder.ASCENDING);
        List<@Nullable Object> distinct = new ArrayList<>();
        for (Object element : array) {
            if (seen.add(element)) {
                distinct.add(element);
            }
        }
        return distinct;
    }
}
