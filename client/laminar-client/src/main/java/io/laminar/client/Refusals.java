package io.laminar.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.laminar.client.model.ErrorAnswer;
import io.laminar.client.model.ErrorAnswerDetails;
import io.laminar.client.model.ErrorAnswerProblem;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers that refuse, as errors. */
public final class Refusals {
    private static final int UNAUTHENTICATED = 401;

    private Refusals() {}

    /** The first error of an answer; further ones are its suppressed exceptions. */
    static LaminarException read(int status, @Nullable String body, ObjectMapper json, String address) {
        ErrorAnswer answer = parse(body, json);
        if (answer == null || answer.getError() == null) {
            return new LaminarException(
                    ErrorCode.UNAVAILABLE,
                    address + " answers with status " + status + ", and not as Laminar does",
                    "is it the address of a server of Laminar?");
        }
        LaminarException error = of(answer.getError());
        return status == UNAUTHENTICATED
                ? new LaminarException(
                        error.code(),
                        error.reason(),
                        null,
                        "'laminar login " + address + " TOKEN' keeps a token; the first start of a server prints one",
                        error)
                : error;
    }

    private static @Nullable ErrorAnswer parse(@Nullable String body, ObjectMapper json) {
        if (body == null || !body.startsWith("{")) {
            return null;
        }
        try {
            return json.readValue(body, ErrorAnswer.class);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** A problem that the server tells, as the error it was; further ones are its suppressed exceptions. */
    public static LaminarException of(ErrorAnswerProblem problem) {
        ErrorAnswerDetails details = problem.getDetails();
        LaminarException error = single(problem, details);
        List<ErrorAnswerProblem> all = details == null ? null : details.getErrors();
        if (all != null) {
            all.stream().skip(1).map(other -> single(other, other.getDetails())).forEach(error::addSuppressed);
        }
        return error;
    }

    private static LaminarException single(ErrorAnswerProblem problem, @Nullable ErrorAnswerDetails details) {
        ErrorCode code = ErrorCode.of(problem.getCode()).orElse(ErrorCode.INTERNAL);
        String message = code == ErrorCode.INTERNAL && !code.code().equals(problem.getCode())
                ? problem.getCode() + ": " + problem.getMessage()
                : problem.getMessage();
        if (details == null) {
            return new LaminarException(code, message);
        }
        String where = details.getPlace();
        return new LaminarException(
                code, where == null ? message : where + ": " + message, place(details), details.getHint(), null);
    }

    private static @Nullable Place place(ErrorAnswerDetails details) {
        Integer line = details.getLine();
        Integer column = details.getColumn();
        if (line == null || column == null) {
            return null;
        }
        Integer endLine = details.getEndLine();
        Integer endColumn = details.getEndColumn();
        return endLine == null || endColumn == null
                ? Place.Sql.at(line, column)
                : new Place.Sql(line, column, endLine, endColumn);
    }

    /** What an exception says, or the one behind it that says something. */
    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root.getMessage() != null) {
            return root.getMessage();
        }
        // Java has no words for the most usual of all.
        return switch (root.getClass().getSimpleName()) {
            case "ConnectException", "ClosedChannelException" -> "connection refused";
            case "UnresolvedAddressException", "UnknownHostException" -> "the host is unknown";
            case "EOFException" -> "the connection has been closed";
            default -> root.getClass().getSimpleName();
        };
    }
}
