package io.laminar.server.api;

import io.laminar.server.api.ErrorAnswer.Details;
import io.laminar.server.api.ErrorAnswer.Problem;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.sql.PipelineErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Errors as the API shows them. */
public final class Problems {
    private static final int UNPROCESSABLE = 422;

    private Problems() {}

    /** The status that fits an error. */
    public static int status(ErrorCode code) {
        return switch (code) {
            case INVALID_REQUEST, USAGE -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case NAME_TAKEN, IN_USE, CHANGED_MEANWHILE, WRONG_STATE, STATE_MISMATCH, RESCALE_REFUSED -> 409;
            case REQUEST_TOO_LARGE -> 413;
            case TOO_MANY_REQUESTS -> 429;
            case METADATA_UNAVAILABLE, CLUSTER_UNREACHABLE, UNAVAILABLE -> 503;
            case INTERNAL -> 500;
            default -> UNPROCESSABLE;
        };
    }

    /** The kind of errors of a status. */
    public static String type(int status) {
        return switch (status) {
            case 400 -> "INVALID_REQUEST";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "FORBIDDEN";
            case 404 -> "NOT_FOUND";
            case 405 -> "METHOD_NOT_ALLOWED";
            case 409 -> "CONFLICT";
            case 413 -> "TOO_LARGE";
            case 429 -> "TOO_MANY_REQUESTS";
            case 503 -> "UNAVAILABLE";
            case 500 -> "INTERNAL_ERROR";
            default -> "VALIDATION_ERROR";
        };
    }

    public static Problem of(LaminarException failure) {
        return of(failure, null);
    }

    /** The first error, with all of them in its details. */
    public static Problem of(PipelineErrors failures) {
        return of(failures.errors().get(0), all(failures.errors()));
    }

    public static List<Problem> all(List<LaminarException> failures) {
        return failures.stream().map(Problems::of).toList();
    }

    /** An error without a place. */
    public static Problem of(int status, ErrorCode code, String message, @Nullable String hint) {
        return new Problem(code.code(), type(status), message, new Details(null, null, null, null, null, hint, null));
    }

    private static Problem of(LaminarException failure, @Nullable List<Problem> all) {
        Place place = failure.place();
        Place.Sql sql = place instanceof Place.Sql at ? at : null;
        Details details = new Details(
                sql == null ? null : sql.line(),
                sql == null ? null : sql.column(),
                sql == null ? null : sql.endLine(),
                sql == null ? null : sql.endColumn(),
                place == null || sql != null ? null : place.toString(),
                failure.hint(),
                all);
        return new Problem(failure.code().code(), type(status(failure.code())), failure.reason(), details);
    }
}
