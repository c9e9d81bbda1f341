package io.laminar.execution.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.laminar.execution.key.KeyGroupRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateChainTest {
    private final StateChain<String> chain = new StateChain<>();

    private void written(long snapshot) {
        KeyGroupRange range = new KeyGroupRange(0, 0);
        chain.written(
                new StateIndex(StateIndex.Form.WHOLE, snapshot, range, new long[] {snapshot}, new byte[0], List.of()),
                "");
    }

    private void assertBase(long snapshot) {
        StateChain.Link<String> base = chain.base();
        assertEquals(snapshot, base == null ? -1 : base.index().snapshot());
    }

    @Test
    void theLastCompleteOneIsBuiltOn() {
        written(1);
        assertNull(chain.base());
        chain.completed(1);
        assertBase(1);
        written(2);
        assertBase(1);
        chain.completed(2);
        assertBase(2);
    }

    @Test
    void twoOfUnknownFateMayHavePushedItOut() {
        written(1);
        chain.completed(1);
        written(2);
        written(3);
        assertNull(chain.base());
        chain.aborted(3);
        assertBase(1);
    }

    @Test
    void savepointsCountToo() {
        written(1);
        chain.completed(1);
        chain.alone(2);
        assertBase(1);
        chain.alone(3);
        assertNull(chain.base());
        written(4);
        chain.completed(4);
        assertBase(4);
    }

    /** That a savepoint is complete tells nothing of a checkpoint before it. */
    @Test
    void aCompleteSavepointIsNoNewsOfOthers() {
        written(1);
        chain.completed(1);
        written(2);
        chain.alone(3);
        chain.completed(3);
        assertNull(chain.base());
        chain.completed(2);
        assertBase(2);
    }
}
