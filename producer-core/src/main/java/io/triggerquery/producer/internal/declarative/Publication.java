package io.triggerquery.producer.internal.declarative;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.TriggerRejectedException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.Expression;

/** One annotation of a method, with its parsed expressions. */
record Publication(
        Method method,
        String destination,
        Expression id,
        @Nullable Expression version) {

    static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();
    static final String RESULT = "result";

    void publish(TriggerPublisher publisher, Object[] arguments, @Nullable Object result) {
        // an empty root object, so that expressions see only the parameters and the result
        MethodBasedEvaluationContext context = new MethodBasedEvaluationContext(new Object(), method, arguments, NAMES);
        context.setVariable(RESULT, result);
        Long versionNumber = version == null ? null : version(version, context);
        for (String triggerId : ids(context, result)) {
            Receipt receipt = versionNumber == null
                    ? publisher.tryPublish(destination, triggerId)
                    : publisher.tryPublish(destination, triggerId, versionNumber);
            if (receipt instanceof Receipt.Rejected rejected) {
                throw new TriggerRejectedException(message(id, "was rejected: " + rejected.reason()));
            }
        }
    }

    private Set<String> ids(MethodBasedEvaluationContext context, @Nullable Object result) {
        Object value = evaluate(id, context);
        if (value instanceof BaseStream && value == result) {
            throw problem(id, "would consume the Stream that the method returns; return a List", null);
        }
        try {
            return Ids.of(value);
        } catch (IllegalArgumentException e) {
            throw problem(id, e.getMessage(), e);
        }
    }

    private long version(Expression expression, MethodBasedEvaluationContext context) {
        Object value = evaluate(expression, context);
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw problem(
                expression,
                "returned " + (value == null ? "null" : "a " + value.getClass().getName())
                        + " as the version; return a whole number",
                null);
    }

    private @Nullable Object evaluate(Expression expression, MethodBasedEvaluationContext context) {
        try {
            return expression.getValue(context);
        } catch (RuntimeException e) {
            // SpEL does not wrap an exception of a method that the expression calls
            throw problem(expression, "failed: " + e.getMessage(), e);
        }
    }

    private IllegalStateException problem(Expression expression, @Nullable String reason, @Nullable Exception cause) {
        return new IllegalStateException(message(expression, reason), cause);
    }

    private String message(Expression expression, @Nullable String reason) {
        return "@PublishTrigger on " + PublicationReader.name(method) + ": \"" + expression.getExpressionString()
                + "\" " + reason;
    }
}
