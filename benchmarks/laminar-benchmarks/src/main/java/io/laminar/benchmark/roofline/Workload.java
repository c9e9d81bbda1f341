package io.laminar.benchmark.roofline;

/** Something that is done over and over, with a result that cannot be optimised away. */
public interface Workload {

    /** Units (events, bytes) of one round. */
    long units();

    /** Does one round; returns a checksum that both sides of a comparison share. */
    long round();
}
