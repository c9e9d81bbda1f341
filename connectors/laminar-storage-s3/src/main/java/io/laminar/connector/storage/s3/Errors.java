package io.laminar.connector.storage.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What errors of the store mean in plain words. */
final class Errors {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    static final int NOT_IMPLEMENTED = 501;

    private Errors() {}

    static IOException of(SdkException e, String bucket, String key, @Nullable String endpoint) {
        String object = "s3://" + bucket + "/" + key;
        IOException plain = e instanceof AwsServiceException answer
                ? answered(answer, bucket, object)
                : new IOException(object + ": " + unanswered(e, endpoint));
        plain.initCause(e);
        return plain;
    }

    private static IOException answered(AwsServiceException e, String bucket, String object) {
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        String words = e.awsErrorDetails() == null
                ? e.getMessage()
                : e.awsErrorDetails().errorMessage();
        return switch (e.statusCode()) {
            case FORBIDDEN -> denied(code, bucket, object, words);
            case NOT_FOUND ->
                code.equals("NoSuchBucket")
                        ? new FileNotFoundException("there is no bucket '" + bucket + "'")
                        : new FileNotFoundException(object + " does not exist");
            case PRECONDITION_FAILED, CONFLICT -> new FileAlreadyExistsException(object);
            default -> new IOException(object + ": " + (code.isEmpty() ? e.statusCode() + " " : code + ": ") + words);
        };
    }

    private static IOException denied(String code, String bucket, String object, @Nullable String words) {
        String reason =
                switch (code) {
                    case "InvalidAccessKeyId" -> "the store does not know the access key";
                    case "SignatureDoesNotMatch" -> "the secret key is not that of the access key";
                    case "ExpiredToken", "InvalidToken" -> "the session token is not good, or no longer";
                    default ->
                        "access to bucket '" + bucket + "' is denied"
                                + (words == null || words.isEmpty() || words.equals("null") ? "" : " (" + words + ")");
                };
        return new AccessDeniedException(object, null, reason);
    }

    /** Nobody answered, or nothing was asked. */
    private static String unanswered(SdkException e, @Nullable String endpoint) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("load credentials") || message.contains("credentials from")) {
            return "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or storage.access_key and"
                    + " storage.secret_key";
        }
        if (message.contains("region from")) {
            return "no region is known; set AWS_REGION or storage.region";
        }
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String store = endpoint == null ? "the store" : endpoint;
        return store + " does not answer: " + (innermost == e ? message : innermost.toString());
    }

    /** Whether the store may answer a little later: nobody did, or it said that it cannot now. */
    static boolean isPassing(IOException e) {
        if (e.getCause() instanceof AwsServiceException answer) {
            return answer.statusCode() >= 500 && answer.statusCode() != NOT_IMPLEMENTED;
        }
        return e.getCause() instanceof SdkException unanswered
                && !(unanswered instanceof AbortedException)
                && !isSetUpWrong(String.valueOf(unanswered.getMessage()));
    }

    private static boolean isSetUpWrong(String message) {
        return message.contains("credentials") || message.contains("region from");
    }

    /** Whether the store does not know what it was asked for. */
    static boolean isUnknown(IOException e) {
        return e.getCause() instanceof AwsServiceException answer && answer.statusCode() == NOT_IMPLEMENTED;
    }
}
