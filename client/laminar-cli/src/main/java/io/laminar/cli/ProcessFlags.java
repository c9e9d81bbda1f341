package io.laminar.cli;

import io.laminar.flink.cluster.ProcessMemory;
import io.laminar.spi.error.LaminarException;

/**
 * Asked by the launcher before it starts a worker or coordinator: prints the flags of the JVM that fit its arguments.
 * Arguments that make no sense are left to the command itself to complain of.
 */
public final class ProcessFlags {

    private ProcessFlags() {}

    public static void main(String[] arguments) {
        try {
            System.out.println(String.join("\n", memory(arguments).jvmFlags()));
        } catch (LaminarException | NumberFormatException wrong) {
            System.out.println("-XX:+UseParallelGC");
        }
    }

    private static ProcessMemory memory(String[] arguments) {
        String size = value(arguments, "--memory");
        if (arguments[0].equals("coordinator")) {
            return ProcessMemory.coordinator(
                    size == null ? ProcessMemory.defaultForCoordinator() : ProcessMemory.parse(size));
        }
        String slots = value(arguments, "--slots");
        return ProcessMemory.worker(
                size == null ? ProcessMemory.defaultForWorker() : ProcessMemory.parse(size),
                slots == null ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(slots));
    }

    private static @org.jspecify.annotations.Nullable String value(String[] arguments, String option) {
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].startsWith(option + "=")) {
                return arguments[i].substring(option.length() + 1);
            } else if (arguments[i].equals(option) && i + 1 < arguments.length) {
                return arguments[i + 1];
            }
        }
        return null;
    }
}
