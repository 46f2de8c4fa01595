package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import java.security.Principal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The {@link TriggerQueryEndpoint} over HTTP. A failed operation is answered with a status and {@code {"error": "…"}}:
 * 404 for an unknown listener or id, 400 for an invalid request, 409 for an operation that the listener cannot execute.
 */
@EndpointWebExtension(endpoint = TriggerQueryEndpoint.class)
public final class TriggerQueryWebExtension {

    private final TriggerQueryEndpoint endpoint;

    public TriggerQueryWebExtension(TriggerQueryEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** The reason why an operation was not executed. */
    public record Refusal(String error) {}

    @ReadOperation
    public WebEndpointResponse<Object> listener(@Selector String listener) {
        return answer(() -> endpoint.listener(listener));
    }

    @ReadOperation
    public WebEndpointResponse<Object> view(
            @Selector String listener,
            @Selector String view,
            @Nullable String id,
            @Nullable String reason,
            @Nullable String since,
            @Nullable String until,
            @Nullable String cursor,
            @Nullable String limit,
            @Nullable String handled) {
        return answer(() -> endpoint.view(listener, view, id, reason, since, until, cursor, limit, handled));
    }

    @ReadOperation
    public WebEndpointResponse<Object> viewOfOne(
            @Selector String listener, @Selector String view, @Selector String id, @Nullable String cursor) {
        return answer(() -> endpoint.viewOfOne(listener, view, id, cursor));
    }

    @WriteOperation
    public WebEndpointResponse<Object> operate(
            SecurityContext security,
            @Selector String listener,
            @Selector String operation,
            @Nullable String id,
            @Nullable String letters,
            @Nullable String reason,
            @Nullable String since,
            @Nullable String until,
            @Nullable String cursor,
            @Nullable String handled) {
        var selection = new LetterRequest(letters, reason, id, since, until, cursor, null, handled);
        return answer(() -> endpoint.execute(new Operating.Request(user(security), listener, operation, selection)));
    }

    @WriteOperation
    public WebEndpointResponse<Object> operateOnId(
            SecurityContext security,
            @Selector String listener,
            @Selector String operation,
            @Selector String id,
            @Nullable String reason,
            @Nullable String until) {
        return operate(security, listener, operation, id, null, reason, null, until, null, null);
    }

    static String user(SecurityContext security) {
        Principal principal = security.getPrincipal();
        return principal == null ? TriggerQueryEndpoint.UNKNOWN_USER : principal.getName();
    }

    private static WebEndpointResponse<Object> answer(Supplier<Object> operation) {
        try {
            return new WebEndpointResponse<>(operation.get());
        } catch (ListenerOperationException refused) {
            int status = switch (refused.reason()) {
                case UNKNOWN -> WebEndpointResponse.STATUS_NOT_FOUND;
                case INVALID -> WebEndpointResponse.STATUS_BAD_REQUEST;
                case UNAVAILABLE, ELSEWHERE -> 409;
            };
            return new WebEndpointResponse<>(new Refusal(String.valueOf(refused.getMessage())), status);
        }
    }
}
