package io.laminar.testing.simulator;

import java.util.ArrayDeque;

/** A bounded queue from one task to one input of another. */
final class Channel {

    private static final int CAPACITY = 4;

    /** Position of the input among the reader's inputs. */
    final int input;

    private final ArrayDeque<Element> elements = new ArrayDeque<>();

    long watermark = Long.MIN_VALUE;
    boolean ended;

    /** Waits for the barrier on the other channels. */
    boolean blocked;

    Channel(int input) {
        this.input = input;
    }

    /** A task that emits much at once may overfill a channel; it then waits until there is room again. */
    boolean hasRoom() {
        return elements.size() < CAPACITY;
    }

    boolean isReadable() {
        return !blocked && !elements.isEmpty();
    }

    void put(Element element) {
        elements.add(element);
    }

    Element take() {
        return elements.remove();
    }
}
