package io.triggerquery.relayservice.web;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Answers with a problem detail: where a body can't be read, and that the database is away. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

    @ExceptionHandler({TransactionException.class, DataAccessException.class})
    ProblemDetail databaseAway(NestedRuntimeException e) {
        logger.warn("The database refuses: " + e.getMostSpecificCause().getMessage());
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "the database does not take it; try again");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String where =
                e.getCause() instanceof JacksonException json && !json.getPath().isEmpty()
                        ? "the body can't be read at " + place(json)
                        : "the body is not the JSON that /openapi.yaml describes";
        return handleExceptionInternal(e, ProblemDetail.forStatusAndDetail(status, where), headers, status, request);
    }

    private static String place(JacksonException json) {
        StringBuilder place = new StringBuilder();
        for (JacksonException.Reference step : json.getPath()) {
            if (step.getPropertyName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return place.toString();
    }
}
