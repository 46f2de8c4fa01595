package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.internal.query.FailedCall.Unanswered;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.UnsupportedMediaTypeException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** Reads the exceptions of WebClient. Loaded only if spring-webflux is present. */
final class WebFluxFailures {

    private WebFluxFailures() {}

    static @Nullable FailedCall read(Throwable failure) {
        if (failure instanceof WebClientRequestException) {
            return Unanswered.NO_ANSWER;
        }
        if (failure instanceof WebClientResponseException answer) {
            return SpringWebFailures.answer(answer.getStatusCode(), answer.getHeaders(), answer);
        }
        if (failure instanceof UnsupportedMediaTypeException answer) {
            return FailedCalls.unreadable(Statuses.OK, name -> contentType(name, answer), answer);
        }
        return null;
    }

    private static List<String> contentType(String name, UnsupportedMediaTypeException answer) {
        MediaType type = answer.getContentType();
        return name.equals("Content-Type") && type != null ? List.of(type.toString()) : List.of();
    }
}
