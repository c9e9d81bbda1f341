package io.laminar.format.json;

import io.laminar.spi.error.ErrorCode;

/** Why a record cannot be decoded and where in the buffer; never leaves the decoder. Has no stack trace, so it is cheap. */
final class JsonFailure extends RuntimeException {
    private final ErrorCode code;
    private final int position;

    JsonFailure(ErrorCode code, int position, String message) {
        super(message, null, false, false);
        this.code = code;
        this.position = position;
    }

    JsonFailure(int position, String message) {
        this(ErrorCode.BAD_RECORD, position, message);
    }

    ErrorCode code() {
        return code;
    }

    int position() {
        return position;
    }
}
