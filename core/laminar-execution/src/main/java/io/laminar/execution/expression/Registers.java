package io.laminar.execution.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields of a generated class that hold the value of one place in its code for the time of a row. Loops run one after the
 * other and use the same fields again; methods called from within loops have fields of their own.
 */
final class Registers {
    private final Map<String, List<String>> pools = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final List<String> declarations = new ArrayList<>();
    private int withinLoop;

    /** A loop begins: all fields of the loop before are free. */
    void startLoop() {
        taken.clear();
    }

    /** What is taken until {@link #endCalled} is never shared. */
    void startCalled() {
        withinLoop++;
    }

    void endCalled() {
        withinLoop--;
    }

    /** The name of a field that nobody else uses at the same time. */
    String take(String type, String initial) {
        if (withinLoop > 0) {
            return declare(type, initial);
        }
        List<String> pool = pools.computeIfAbsent(type, t -> new ArrayList<>());
        int next = taken.merge(type, 1, Integer::sum) - 1;
        if (next == pool.size()) {
            pool.add(declare(type, initial));
        }
        return pool.get(next);
    }

    private String declare(String type, String initial) {
        String name = "r" + declarations.size();
        declarations.add("private final " + type + " " + name + " = " + initial + ";");
        return name;
    }

    List<String> declarations() {
        return declarations;
    }
}
