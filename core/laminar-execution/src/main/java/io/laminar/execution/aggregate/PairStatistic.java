package io.laminar.execution.aggregate;

import java.util.Locale;

/** What is computed of pairs (y, x): the names of SQL in capitals. */
enum PairStatistic {
    COVAR_POP,
    COVAR_SAMP,
    CORR,
    REGR_SLOPE,
    REGR_INTERCEPT,
    REGR_R2,
    REGR_COUNT,
    REGR_AVGX,
    REGR_AVGY,
    REGR_SXX,
    REGR_SYY,
    REGR_SXY;

    /** The statistic that a function computes. */
    static PairStatistic of(String function) {
        return valueOf(function.toUpperCase(Locale.ROOT));
    }

    /** The least number of pairs for which there is a value. */
    private int least() {
        return this == COVAR_SAMP ? 2 : 1;
    }

    /**
     * The value; NaN may be one. Of no use for {@link #REGR_COUNT}.
     *
     * @param yy sum of squared distances of y from its mean
     * @param xy sum of products of the distances
     */
    double value(long count, double meanY, double meanX, double yy, double xx, double xy) {
        return switch (this) {
            case COVAR_POP -> xy / count;
            case COVAR_SAMP -> xy / (count - 1);
            case CORR -> xy / Math.sqrt(xx * yy);
            case REGR_SLOPE -> xy / xx;
            case REGR_INTERCEPT -> meanY - xy / xx * meanX;
            case REGR_R2 -> yy == 0 ? 1 : xy * xy / (xx * yy);
            case REGR_COUNT -> count;
            case REGR_AVGX -> meanX;
            case REGR_AVGY -> meanY;
            case REGR_SXX -> xx;
            case REGR_SYY -> yy;
            case REGR_SXY -> xy;
        };
    }

    /** Whether there is a value at all: not of too few pairs, and no line through pairs of one x. */
    boolean isDefined(long count, double yy, double xx) {
        return count >= least()
                && switch (this) {
                    case CORR -> xx != 0 && yy != 0;
                    case REGR_SLOPE, REGR_INTERCEPT, REGR_R2 -> xx != 0;
                    default -> true;
                };
    }
}
