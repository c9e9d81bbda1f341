package io.laminar.execution.spill;

import io.laminar.execution.snapshot.Compression;
import io.laminar.execution.snapshot.RestoredState;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** State that is read as long as there is room for it: how much heap it takes is only known when it is there. */
final class LimitedRestore {
    private LimitedRestore() {}

    /** Says that there is no room. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuch() {
            super("more state than there is room for", null, false, false);
        }
    }

    /**
     * The same state, of which no more sections are read once there is no room.
     *
     * @throws TooMuch when it is read then
     */
    static RestoredState of(RestoredState state, BooleanSupplier hasRoom) {
        Compression compression = state.compression();
        return new RestoredState(state.range(), state.parts(), state.shared(), new Compression() {
            @Override
            public int bound(int length) {
                return compression.bound(length);
            }

            @Override
            public int compress(byte[] from, int length, byte[] to) {
                return compression.compress(from, length, to);
            }

            @Override
            public void decompress(byte[] from, int start, int length, byte[] to) throws IOException {
                if (!hasRoom.getAsBoolean()) {
                    throw new TooMuch();
                }
                compression.decompress(from, start, length, to);
            }
        });
    }
}
