package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.internal.query.FailedCall.Answer;
import io.triggerquery.consumer.internal.query.FailedCall.Unanswered;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.UnknownContentTypeException;

/** Reads the exceptions of RestClient and RestTemplate. Loaded only if spring-web is present. */
final class SpringWebFailures {

    private SpringWebFailures() {}

    static @Nullable FailedCall read(Throwable failure) {
        if (failure instanceof RestClientResponseException answer) {
            return answer(answer.getStatusCode(), answer.getResponseHeaders(), answer);
        }
        if (failure instanceof UnknownContentTypeException answer) {
            return answer.getStatusCode().is2xxSuccessful() && startsWithMarkup(answer.getResponseBody())
                    ? Unanswered.PAGE
                    : answer(answer.getStatusCode(), answer.getResponseHeaders(), answer);
        }
        if (failure instanceof ResourceAccessException) {
            return Unanswered.NO_ANSWER;
        }
        if (failure instanceof RestClientException) { // the answer could not be read
            return FailedCalls.unreadable(Statuses.OK, none -> List.of(), failure);
        }
        return failure instanceof ErrorResponseException error
                ? new Answer(error.getStatusCode().value(), error.getHeaders()::getOrEmpty)
                : null;
    }

    private static boolean startsWithMarkup(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).stripLeading().startsWith("<");
    }

    static FailedCall answer(HttpStatusCode status, @Nullable HttpHeaders headers, Throwable failure) {
        HttpHeaders known = headers == null ? HttpHeaders.EMPTY : headers;
        return status.is2xxSuccessful()
                ? FailedCalls.unreadable(status.value(), known::getOrEmpty, failure)
                : new Answer(status.value(), known::getOrEmpty);
    }
}
