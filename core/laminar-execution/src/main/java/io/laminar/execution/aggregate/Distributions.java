package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.batch.MapBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;

/** What is made of all values of a group in their own order: quantiles, the most frequent value, how often each is. */
final class Distributions {
    private static final double HALF = 0.5;

    private Distributions() {}

    /** The value in the middle, between two of them their mean. */
    static CollectAccumulator.Finish median() {
        return values -> quantiles(values, false);
    }

    /** The value at the part of the way that the second argument says, between two values in proportion. */
    static CollectAccumulator.Finish quantile() {
        return values -> quantiles(values, true);
    }

    private static Column quantiles(OrderedValues values, boolean given) {
        double[] sorted = ((DoubleColumn) values.arguments()[0]).values();
        double[] results = new double[values.count()];
        boolean[] nulls = null;
        for (int group = 0; group < values.count(); group++) {
            if (values.lengths()[group] == 0) {
                nulls = nulls == null ? new boolean[values.count()] : nulls;
                nulls[group] = true;
                continue;
            }
            double place = (given ? fraction(values, group) : HALF) * (values.size(group) - 1);
            long before = (long) Math.floor(place);
            double low = sorted[values.at(group, before)];
            double part = place - before;
            if (part > 0) {
                double high = sorted[values.at(group, before + 1)];
                results[group] = low == high ? low : low + part * (high - low);
            } else {
                results[group] = low;
            }
        }
        return new DoubleColumn(results, nulls, values.count());
    }

    /** The first value at or after the part of the way that the second argument says. */
    static CollectAccumulator.Finish discreteQuantile(DataType type) {
        return values -> {
            ColumnBuilder builder = ColumnBuilder.of(type, values.count());
            for (int group = 0; group < values.count(); group++) {
                if (values.lengths()[group] == 0) {
                    builder.appendNull();
                } else {
                    long position = (long) Math.ceil(fraction(values, group) * values.size(group)) - 1;
                    builder.appendFrom(values.arguments()[0], values.at(group, Math.max(0, position)));
                }
            }
            return builder.build();
        };
    }

    private static double fraction(OrderedValues values, int group) {
        double[] fractions = ((DoubleColumn) values.arguments()[1]).values();
        return checkedFraction(fractions[values.rows()[values.starts()[group]]]);
    }

    /** A part of the way from the least to the greatest value. */
    static double checkedFraction(double fraction) {
        if (fraction >= 0 && fraction <= 1) {
            return fraction;
        }
        throw new LaminarException(
                ErrorCode.INVALID_ARGUMENT,
                "a percentile is a number from 0 to 1, not " + fraction,
                "0.99 is the 99th percentile");
    }

    /** The most frequent value, of several the least. */
    static CollectAccumulator.Finish mode(DataType type) {
        return values -> {
            ColumnBuilder builder = ColumnBuilder.of(type, values.count());
            for (int group = 0; group < values.count(); group++) {
                if (values.lengths()[group] == 0) {
                    builder.appendNull();
                    continue;
                }
                int best = values.starts()[group];
                for (int i = best + 1; i < values.end(group); i++) {
                    best = values.copies()[i] > values.copies()[best] ? i : best;
                }
                builder.appendFrom(values.arguments()[0], values.rows()[best]);
            }
            return builder.build();
        };
    }

    /** How often each value is there, as a map in the order of the values. */
    static CollectAccumulator.Finish histogram(DataType type) {
        return values -> {
            MapBuilder maps = (MapBuilder) ColumnBuilder.of(type, values.count());
            for (int group = 0; group < values.count(); group++) {
                if (values.lengths()[group] == 0) {
                    maps.appendNull();
                    continue;
                }
                for (int i = values.starts()[group]; i < values.end(group); i++) {
                    maps.keys().appendFrom(values.arguments()[0], values.rows()[i]);
                    ((LongBuilder) maps.values()).append(values.copies()[i]);
                }
                maps.endMap();
            }
            return maps.build();
        };
    }
}
