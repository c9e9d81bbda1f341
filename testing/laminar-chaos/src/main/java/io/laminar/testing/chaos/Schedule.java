package io.laminar.testing.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Which fault comes next: all of them in their shares, shuffled by a seed, again and again. */
final class Schedule {
    private final Random random;
    private final Set<Fault> left;
    private final Deque<Fault> deck = new ArrayDeque<>();

    /** @param left faults that come */
    Schedule(long seed, Set<Fault> left) {
        this.random = new Random(Shop.mix(seed));
        this.left = left;
    }

    Fault next() {
        if (deck.isEmpty()) {
            List<Fault> all = new ArrayList<>();
            for (Fault fault : Fault.values()) {
                if (left.contains(fault)) {
                    all.addAll(Collections.nCopies(fault.share(), fault));
                }
            }
            Collections.shuffle(all, random);
            deck.addAll(all);
        }
        return deck.remove();
    }

    /** A number between two bounds, the upper one excluded: what else there is to choose about a fault. */
    int between(int least, int bound) {
        return least + random.nextInt(bound - least);
    }
}
