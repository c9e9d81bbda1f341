package io.laminar.testing.chaos;

/**
 * A fault and how the job came over it.
 *
 * @param detail what was chosen about it
 * @param recovery seconds from the fault to the first output of a row that was fed after it
 * @param pause the longest time without new output from then on, in seconds
 * @param whole seconds from the fault until all workers are there, and a checkpoint after that is complete
 */
record Outcome(Fault fault, String detail, double recovery, double pause, double whole) {}
