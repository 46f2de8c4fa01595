package io.triggerquery.producer.internal.actuate;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/**
 * Knows the user whose request to the {@link TriggerProducerEndpoint} the current thread executes. A parameter for the
 * user would make Actuator expect a body, and leave requests without one to the endpoint itself.
 *
 * <p>Threads: any. Each operation is executed by the thread that calls it.
 */
public final class RequestUser implements OperationInvokerAdvisor {

    /** The user of a request that was not authenticated, or did not come over HTTP. */
    private static final String UNKNOWN = "unknown";

    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    /** Returns the name of the user, or {@code unknown}. */
    static String current() {
        String user = CURRENT.get();
        return user == null ? UNKNOWN : user;
    }

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        if (!endpoint.equals(EndpointId.of(TriggerProducerEndpoint.ID)) || type == OperationType.READ) {
            return invoker;
        }
        return context -> {
            CURRENT.set(user(context));
            try {
                return invoker.invoke(context);
            } finally {
                CURRENT.remove();
            }
        };
    }

    private static @Nullable String user(InvocationContext context) {
        SecurityContext security = context.resolveArgument(SecurityContext.class);
        Principal principal = security == null ? null : security.getPrincipal();
        return principal == null ? null : principal.getName();
    }
}
