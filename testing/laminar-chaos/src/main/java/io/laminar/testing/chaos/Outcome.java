package io.laminar.testing.chaos;

/**
 * A fault and how the job came over it.
 *
 * @param detail what was chosen about it
 * @param recovery seconds from the fault to the first output of a row that was fed after it, or the longest time without
 *     new output if that is longer: workers that are left may go on for a moment before the job starts again
 * @param whole seconds from the fault until all workers are there, and a checkpoint after that is complete
 */
record Outcome(Fault fault, String detail, double recovery, double whole) {}
