package io.laminar.server.access;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many requests somebody may make: so many a second, and twice as many at once (a token bucket for each). */
public final class RateLimit {
    private static final int BURST_SECONDS = 2;
    private static final int MOST_CALLERS = 10_000;

    private final long perSecond;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    private static final class Bucket {
        private double left;
        private long at;

        Bucket(double left, long at) {
            this.left = left;
            this.at = at;
        }
    }

    /** @param perSecond requests of one caller; 0 for no limit */
    public RateLimit(long perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /**
     * Counts a request.
     *
     * @throws LaminarException TOO_MANY_REQUESTS
     */
    public synchronized void count(String caller) {
        if (perSecond == 0) {
            return;
        }
        double most = (double) perSecond * BURST_SECONDS;
        long now = clock.millis();
        Bucket bucket = buckets.computeIfAbsent(caller, name -> new Bucket(most, now));
        bucket.left = Math.min(most, bucket.left + Math.max(0, now - bucket.at) * perSecond / 1000.0);
        bucket.at = now;
        if (bucket.left < 1) {
            throw new LaminarException(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "more than " + perSecond + " requests a second",
                    "wait a second; server.requests_per_second sets the limit");
        }
        bucket.left--;
    }
}
