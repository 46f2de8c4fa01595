package io.triggerquery.consumer.internal.query;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Unwraps values of type {@link ResponseEntity}. Loaded only if a method returns one. */
final class ResponseEntities {

    private ResponseEntities() {}

    /** Returns the body, or the value itself if it is no entity. */
    static @Nullable Object body(@Nullable Object value) {
        if (!(value instanceof ResponseEntity<?> entity)) {
            return value;
        }
        int status = entity.getStatusCode().value();
        if (!Statuses.isSuccess(status)) {
            throw new UnsuccessfulAnswerException(new FailedCall.Answer(status, entity.getHeaders()::getOrEmpty));
        }
        return entity.getBody();
    }

    static Object of(Object body) {
        return ResponseEntity.ok(body);
    }
}
