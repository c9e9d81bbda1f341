package io.laminar.execution.join;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/** The keys whose lists of one side change, with the lengths these lists had. */
final class KeyTouches {
    private boolean[] touched = new boolean[0];
    private final IdBuffer keys = new IdBuffer();
    private final IdBuffer before = new IdBuffer();

    /** Notes keys whose lists are about to change; only the first time counts. */
    void touch(int[] ids, int count, int keyLimit, JoinSide side) {
        if (touched.length < keyLimit) {
            touched = Arrays.copyOf(touched, Capacity.grown(keyLimit));
        }
        for (int i = 0; i < count; i++) {
            int key = ids[i];
            if (!touched[key]) {
                touched[key] = true;
                keys.add(key);
                before.add(side.lists.count(key));
            }
        }
    }

    boolean has(int key) {
        return key < touched.length && touched[key];
    }

    int size() {
        return keys.size();
    }

    int key(int position) {
        return keys.get(position);
    }

    int before(int position) {
        return before.get(position);
    }

    void clear() {
        for (int i = 0; i < keys.size(); i++) {
            touched[keys.get(i)] = false;
        }
        keys.clear();
        before.clear();
    }

    long bytes() {
        return HeapSize.of(touched) + keys.bytes() + before.bytes();
    }
}
