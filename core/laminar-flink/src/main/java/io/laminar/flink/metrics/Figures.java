package io.laminar.flink.metrics;

import java.util.Collection;

/**
 * What an operator, or one subtask of it, does.
 *
 * @param watermark event time it has reached, microseconds; {@link Long#MIN_VALUE} before the first, {@link
 *     Long#MAX_VALUE} at the end; of all subtasks the least
 * @param watermarkLag how far that is behind the clock, microseconds; -1 if there is no watermark
 * @param backlog records that wait in the outside system for a source; -1 if the connector does not know
 * @param stateBytes heap that its state takes, nearly
 * @param spilledBytes state on local disk
 * @param latency of sinks
 */
public record Figures(
        Counts counts,
        Rates rates,
        Load load,
        long watermark,
        long watermarkLag,
        long backlog,
        long stateBytes,
        long spilledBytes,
        Latency latency) {
    public static final Figures NONE =
            new Figures(Counts.NONE, Rates.NONE, Load.NONE, Long.MIN_VALUE, -1, -1, 0, 0, Latency.NONE);

    /** All subtasks of one operator. */
    static Figures sum(Collection<Figures> subtasks) {
        Counts counts = Counts.NONE;
        Rates rates = Rates.NONE;
        long watermark = subtasks.isEmpty() ? Long.MIN_VALUE : Long.MAX_VALUE;
        long lag = -1;
        long backlog = -1;
        long state = 0;
        long spilled = 0;
        Latency latency = Latency.NONE;
        for (Figures one : subtasks) {
            counts = counts.plus(one.counts);
            rates = rates.plus(one.rates);
            watermark = Math.min(watermark, one.watermark);
            lag = Math.max(lag, one.watermarkLag);
            backlog = one.backlog < 0 ? backlog : Math.max(0, backlog) + one.backlog;
            state += one.stateBytes;
            spilled += one.spilledBytes;
            latency = latency.max(one.latency);
        }
        return new Figures(
                counts,
                rates,
                Load.average(subtasks.stream().map(Figures::load).toList()),
                watermark,
                lag,
                backlog,
                state,
                spilled,
                latency);
    }

    Figures withCounts(Counts replacement) {
        return new Figures(
                replacement, rates, load, watermark, watermarkLag, backlog, stateBytes, spilledBytes, latency);
    }

    Figures withRates(Rates replacement) {
        return new Figures(
                counts, replacement, load, watermark, watermarkLag, backlog, stateBytes, spilledBytes, latency);
    }

    Figures withLoad(Load replacement) {
        return new Figures(
                counts, rates, replacement, watermark, watermarkLag, backlog, stateBytes, spilledBytes, latency);
    }

    Figures withBacklog(long records) {
        return new Figures(counts, rates, load, watermark, watermarkLag, records, stateBytes, spilledBytes, latency);
    }

    Figures withWatermark(long time) {
        return new Figures(counts, rates, load, time, watermarkLag, backlog, stateBytes, spilledBytes, latency);
    }

    /** With what another part of the same operator has counted. */
    Figures withPart(Figures part) {
        return withCounts(counts.plus(part.counts)).withBacklog(Math.max(backlog, part.backlog));
    }

    /** @param now of the clock, microseconds */
    Figures withLag(long now) {
        boolean known = watermark != Long.MIN_VALUE && watermark != Long.MAX_VALUE;
        return new Figures(
                counts,
                rates,
                load,
                watermark,
                known ? Math.max(0, now - watermark) : -1,
                backlog,
                stateBytes,
                spilledBytes,
                latency);
    }
}
