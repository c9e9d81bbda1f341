package io.laminar.testing.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The input of a run: orders and what was paid for them. Every row is a function of the seed and the order's number, so
 * the answers can be computed without what was fed.
 */
record Shop(long seed, int customers) {
    static final int SHOPS = 20;
    /** Partitions of either topic. */
    static final int PARTITIONS = 4;
    /** Most payments of an order. */
    static final int PAYMENTS = 2;
    /** Event time from one order to the next, in milliseconds. */
    static final long STEP = 1;
    /** How long after its order a payment counts, in milliseconds of event time. */
    static final long IN_TIME = 2_000;
    /** How much an order's time may be ahead of its turn, in milliseconds. */
    static final long JITTER = 500;
    /** How long after its order the last payment comes, in milliseconds of event time. */
    static final long LATEST = 3_000;
    /** What watermarks stay behind: more than rows of a partition are ever out of order. */
    static final long DELAY = JITTER + LATEST + 500;
    /** Number and customer of the rows that end the run. */
    static final long CLOSING = -1;

    private static final long NO_ORDER = -2;
    private static final long START = 1_700_000_000_000L;
    private static final long END_OF_DAY = 3_600_000;
    private static final long MOST = 1_000;

    /**
     * An order.
     *
     * @param at event time in milliseconds
     */
    record Order(long id, long customer, long shop, long amount, long at) {
        String json() {
            return "{\"id\":" + id + ",\"customer\":" + customer + ",\"shop\":" + shop + ",\"amount\":" + amount
                    + ",\"at\":\"" + Instant.ofEpochMilli(at) + "\"}";
        }

        int partition() {
            return (int) (id % PARTITIONS);
        }

        /** Number of its window of one second since 1970. */
        long second() {
            return at / 1_000;
        }
    }

    /**
     * A payment.
     *
     * @param id {@link #PAYMENTS} times the order's and its own place
     */
    record Payment(long id, long order, long paid, long at) {
        String json() {
            return "{\"id\":" + id + ",\"order_id\":" + order + ",\"paid\":" + paid + ",\"at\":\""
                    + Instant.ofEpochMilli(at) + "\"}";
        }

        int partition() {
            return (int) (mix(order) >>> 1) & PARTITIONS - 1;
        }

        boolean isInTime(Order of) {
            return at <= of.at() + IN_TIME;
        }
    }

    Order order(long id) {
        long random = random(id, 0);
        long at = START + id * STEP + Math.floorMod(random, JITTER);
        return new Order(
                id, Math.floorMod(random >>> 9, customers), Math.floorMod(random >>> 5, SHOPS), amount(random), at);
    }

    /** One order in five is not paid, one in ten twice, and a third of all payments is too late. */
    List<Payment> payments(Order order) {
        int tenth = (int) Math.floorMod(random(order.id(), 1), 10L);
        int count = tenth < 2 ? 0 : tenth < 9 ? 1 : PAYMENTS;
        List<Payment> payments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long random = random(order.id(), 2 + i);
            payments.add(new Payment(
                    order.id() * PAYMENTS + i,
                    order.id(),
                    amount(random),
                    order.at() + Math.floorMod(random >>> 3, LATEST)));
        }
        return payments;
    }

    /** Far after all others, so that all windows close. */
    Order closingOrder(long orders) {
        return new Order(CLOSING, CLOSING, 0, 0, START + orders * STEP + END_OF_DAY);
    }

    Payment closingPayment(long orders) {
        return new Payment(CLOSING, NO_ORDER, 0, START + orders * STEP + END_OF_DAY);
    }

    /** The first window that an order can be in. */
    static long firstSecond() {
        return START / 1_000;
    }

    private static long amount(long random) {
        return 1 + Math.floorMod(random >>> 17, MOST);
    }

    private long random(long id, int which) {
        return mix(mix(seed + which) + id);
    }

    /** The finalizer of SplitMix64. */
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
