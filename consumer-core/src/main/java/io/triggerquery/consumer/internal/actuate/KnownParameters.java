package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Refuses a request to the {@link TriggerQueryEndpoint} that has a parameter of an unknown name, or another value for
 * what its path contains. Actuator ignores the former, so a misspelt selection would select everything; and it replaces
 * the path by the latter, so the request would concern another listener than the one that access was granted to.
 *
 * <p>Threads: any.
 */
public final class KnownParameters implements OperationInvokerAdvisor {

    private final Audit audit;
    private final Supplier<Map<String, String>> path;

    /**
     * Creates an instance.
     *
     * @param audit receives a record of each operation that is refused
     * @param path returns what the path of the current request contains, by name; empty if that is unknown
     */
    public KnownParameters(Audit audit, Supplier<Map<String, String>> path) {
        this.audit = audit;
        this.path = path;
    }

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        if (!endpoint.equals(EndpointId.of(TriggerQueryEndpoint.ID))) {
            return invoker;
        }
        Set<String> inPath = parameters.stream()
                .filter(parameter -> parameter.getAnnotation(Selector.class) != null)
                .map(OperationParameter::getName)
                .collect(Collectors.toSet());
        Set<String> others = parameters.stream()
                .filter(parameter -> parameter.getType() == String.class)
                .map(OperationParameter::getName)
                .filter(name -> !inPath.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        return context -> {
            Set<String> unknown = new TreeSet<>(context.getArguments().keySet());
            unknown.removeAll(inPath);
            unknown.removeAll(others);
            if (!unknown.isEmpty()) {
                return refused(type, context, noParameter(unknown, others));
            }
            String replaced = replaced(context.getArguments());
            return replaced == null
                    ? invoker.invoke(context)
                    : refused(
                            type,
                            context,
                            "The path of this request contains the " + replaced + ". Remove the parameter.");
        };
    }

    private static String noParameter(Set<String> unknown, Set<String> known) {
        return "This request has no parameter " + OneLine.of(String.join(", ", unknown)) + ". "
                + (known.isEmpty() ? "It has none." : "Its parameters are: " + String.join(", ", known));
    }

    /** Returns the name of a part of the path that has another value, or null. */
    private @Nullable String replaced(Map<String, Object> arguments) {
        return path.get().entrySet().stream()
                .filter(inPath -> arguments.containsKey(inPath.getKey())
                        && !inPath.getValue().equals(arguments.get(inPath.getKey())))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private Object refused(OperationType type, InvocationContext context, String error) {
        if (type == OperationType.WRITE) {
            audit.add(request(context), false, error);
        }
        return new WebEndpointResponse<>(
                new TriggerQueryWebExtension.Refusal(error), WebEndpointResponse.STATUS_BAD_REQUEST);
    }

    private static Audit.Request request(InvocationContext context) {
        Map<String, String> parameters = new TreeMap<>();
        context.getArguments().forEach((name, value) -> parameters.put(OneLine.of(name), String.valueOf(value)));
        String listener = parameters.remove("listener");
        String operation = parameters.remove("operation");
        SecurityContext security = context.resolveArgument(SecurityContext.class);
        return new Audit.Request(
                TriggerQueryWebExtension.user(security == null ? SecurityContext.NONE : security),
                text(listener),
                text(operation),
                parameters);
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
