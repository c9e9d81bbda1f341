package io.laminar.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.laminar.server.api.ErrorAnswer;
import io.laminar.server.api.Problems;
import io.laminar.spi.error.ErrorCode;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that are not even HTTP, or too long to be read, as all others are answered. */
final class UnreadableRequests implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws JsonProcessingException {
        int status = response.getStatus();
        ErrorAnswer answer = new ErrorAnswer(Problems.of(
                status,
                status >= 500 ? ErrorCode.INTERNAL : ErrorCode.INVALID_REQUEST,
                String.valueOf(HttpStatus.getMessage(status)),
                null));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        // Nobody knows where the next request would begin.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.write(true, ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(answer)), callback);
        return true;
    }
}
