package io.triggerquery.producer.internal.declarative;

import io.triggerquery.producer.PublishTrigger;
import io.triggerquery.producer.internal.sending.Destinations;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** Finds annotated methods, and rejects those whose triggers would be lost or could not be sent. */
final class PublicationReader {

    private final SpelExpressionParser parser = new SpelExpressionParser();
    private final ObjectProvider<Destinations> destinations;

    PublicationReader(ObjectProvider<Destinations> destinations) {
        this.destinations = destinations;
    }

    /**
     * Returns the annotated methods of a class and its interfaces; throws {@link IllegalStateException} for invalid
     * ones.
     */
    Set<Method> check(Class<?> type) {
        Set<Method> methods = MethodIntrospector.selectMethods(type, this::isAnnotated);
        methods.forEach(this::read);
        return methods;
    }

    boolean isAnnotated(Method method) {
        return !annotations(method).isEmpty();
    }

    /** Returns the publications of a method; throws {@link IllegalStateException} for an invalid one. */
    List<Publication> read(Method method) {
        checkMethod(method);
        return annotations(method).stream()
                .map(annotation -> read(method, annotation))
                .toList();
    }

    private static Set<PublishTrigger> annotations(Method method) {
        return AnnotatedElementUtils.findMergedRepeatableAnnotations(method, PublishTrigger.class);
    }

    private Publication read(Method method, PublishTrigger annotation) {
        String destination = annotation.destination();
        Destinations known = destinations.getIfAvailable();
        if (known != null && known.topic(destination).isEmpty()) {
            throw problem(method, "the destination has no topic: set " + Destinations.property(destination), null);
        }
        return new Publication(
                method,
                destination,
                parse(method, annotation.id()),
                annotation.version().isEmpty() ? null : parse(method, annotation.version()));
    }

    private Expression parse(Method method, String text) {
        try {
            Expression expression = parser.parseExpression(text);
            Variables.unknown(expression, method).ifPresent(reason -> {
                throw problem(method, "\"" + text + "\" " + reason, null);
            });
            return expression;
        } catch (ParseException | IllegalArgumentException e) {
            throw problem(method, "\"" + text + "\" is not a valid expression: " + e.getMessage(), e);
        }
    }

    private static void checkMethod(Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers)) {
            throw problem(
                    method, "a proxy cannot intercept a private, static or final method; make it overridable", null);
        }
        Class<?> returned = method.getReturnType();
        if (Future.class.isAssignableFrom(returned)
                || CompletionStage.class.isAssignableFrom(returned)
                || Flow.Publisher.class.isAssignableFrom(returned)
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned) != null
                || KotlinDetector.isSuspendingFunction(method)) {
            throw problem(
                    method,
                    "the change may happen after the method has returned its " + returned.getSimpleName()
                            + "; call TriggerPublisher where the change is made",
                    null);
        }
    }

    private static IllegalStateException problem(Method method, String reason, @Nullable Exception cause) {
        return new IllegalStateException("@PublishTrigger on " + name(method) + ": " + reason, cause);
    }

    static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
