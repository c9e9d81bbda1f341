package io.laminar.testing.chaos;

/** The pipeline did not come back, or was not there in the first place. */
final class ChaosException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChaosException(String message) {
        super(message);
    }
}
