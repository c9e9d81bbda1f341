package io.laminar.testing.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a run is to be like.
 *
 * @param kills as many processes are killed at least, unless the time is over before
 * @param time after which no further fault comes; zero for any
 * @param rate orders per second
 * @param customers keys of the updating aggregate
 * @param faults those that come
 * @param folder for everything that the processes write
 */
record ChaosOptions(long seed, int kills, Duration time, int rate, int customers, Set<Fault> faults, Path folder) {
    static final int RATE = 1_000;
    static final int CUSTOMERS = 5_000;

    ChaosOptions(long seed, int kills, Path folder) {
        this(seed, kills, Duration.ZERO, RATE, CUSTOMERS, EnumSet.allOf(Fault.class), folder);
    }

    ChaosOptions within(Duration limit) {
        return new ChaosOptions(seed, kills, limit, rate, customers, faults, folder);
    }

    ChaosOptions with(Set<Fault> only) {
        return new ChaosOptions(seed, kills, time, rate, customers, only, folder);
    }

    ChaosOptions at(int ordersPerSecond, int keys) {
        return new ChaosOptions(seed, kills, time, ordersPerSecond, keys, faults, folder);
    }
}
