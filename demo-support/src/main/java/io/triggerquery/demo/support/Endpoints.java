package io.triggerquery.demo.support;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointHttpMethod;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import tools.jackson.databind.json.JsonMapper;

/** Reads the endpoints of the Actuator in this process; the answers are those that they give over HTTP. */
final class Endpoints {

    private final WebEndpointsSupplier endpoints;

    Endpoints(WebEndpointsSupplier endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * Reads an endpoint.
     *
     * @param path the segments of its address, such as {@code triggerquery}, a listener, {@code ids} and an id
     * @return empty if the endpoint is not exposed, or answers with an error
     */
    <T> Optional<T> read(Class<T> type, String... path) {
        return endpoints.getEndpoints().stream()
                .filter(endpoint -> endpoint.getEndpointId().toString().equals(path[0]))
                .flatMap(endpoint -> endpoint.getOperations().stream())
                .filter(operation -> isRead(operation) && segments(operation).length == path.length)
                .findFirst()
                .map(operation -> body(operation.invoke(
                        new InvocationContext(SecurityContext.NONE, variables(segments(operation), path)))))
                .map(body -> JsonMapper.shared().convertValue(body, type));
    }

    private static boolean isRead(WebOperation operation) {
        return operation.getRequestPredicate().getHttpMethod() == WebEndpointHttpMethod.GET;
    }

    private static String[] segments(WebOperation operation) {
        return operation.getRequestPredicate().getPath().split("/", -1);
    }

    /** Returns the values of the segments that are variables, such as {@code {listener}}. */
    private static Map<String, Object> variables(String[] segments, String[] path) {
        Map<String, Object> variables = new HashMap<>();
        for (int i = 1; i < segments.length; i++) {
            variables.put(segments[i].replaceAll("[{}]", ""), path[i]);
        }
        return variables;
    }

    private static @Nullable Object body(@Nullable Object result) {
        if (result instanceof WebEndpointResponse<?> response) {
            return response.getStatus() == WebEndpointResponse.STATUS_OK ? response.getBody() : null;
        }
        return result;
    }
}
