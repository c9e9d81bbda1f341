package io.laminar.spi.function;

/** What functions may know beside their arguments. */
public interface EvaluationContext {

    /** Processing time in microseconds since the epoch; the same for all rows of a batch. */
    long now();

    /** Uniform in [0, 1). */
    double random();

    /** 64 random bits. */
    long randomLong();
}
