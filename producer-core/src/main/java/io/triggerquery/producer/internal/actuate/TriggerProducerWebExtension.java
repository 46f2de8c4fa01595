package io.triggerquery.producer.internal.actuate;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The {@link TriggerProducerEndpoint} over HTTP. Operations that are not possible are answered with {@code {"error":
 * "…"}} and a status: 404 for an unknown strategy, destination or id, 400 for an invalid request.
 */
@EndpointWebExtension(endpoint = TriggerProducerEndpoint.class)
public final class TriggerProducerWebExtension {

    private final TriggerProducerEndpoint endpoint;

    /** Creates the extension of this endpoint. */
    public TriggerProducerWebExtension(TriggerProducerEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Why an operation was not done. */
    public record Refusal(String error) {}

    @ReadOperation
    public WebEndpointResponse<Object> waiting(@Selector String strategy, @Nullable Integer limit) {
        return answer(() -> endpoint.waiting(strategy, limit));
    }

    @ReadOperation
    public WebEndpointResponse<Object> view(@Selector String strategy, @Selector String view) {
        return answer(() -> endpoint.view(strategy, view));
    }

    @WriteOperation
    public WebEndpointResponse<Object> operate(
            @Selector String strategy, @Selector String operation, @Selector String destination) {
        return answer(() -> endpoint.operate(strategy, operation, destination));
    }

    @WriteOperation
    public WebEndpointResponse<Object> operateOnId(
            @Selector String strategy, @Selector String operation, @Selector String destination, @Selector String id) {
        return answer(() -> endpoint.operateOnId(strategy, operation, destination, id));
    }

    private static WebEndpointResponse<Object> answer(Supplier<Object> operation) {
        try {
            return new WebEndpointResponse<>(operation.get());
        } catch (ProducerOperationException refused) {
            int status =
                    refused.isUnknown() ? WebEndpointResponse.STATUS_NOT_FOUND : WebEndpointResponse.STATUS_BAD_REQUEST;
            return new WebEndpointResponse<>(new Refusal(String.valueOf(refused.getMessage())), status);
        }
    }
}
