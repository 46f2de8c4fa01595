package io.triggerquery.producer.internal.declarative;

import io.triggerquery.producer.TriggerPublisher;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/**
 * Calls the method and publishes if it returns normally.
 *
 * <p>Threads: any. Bounds: one cache entry for each annotated method. Failure: {@link IllegalStateException} and the
 * exceptions of the publisher.
 */
final class PublishTriggerInterceptor implements MethodInterceptor {

    private final PublicationReader reader;
    private final Supplier<TriggerPublisher> publisher;
    private final Map<Method, List<Publication>> publications = new ConcurrentHashMap<>();

    PublishTriggerInterceptor(PublicationReader reader, Supplier<TriggerPublisher> publisher) {
        this.reader = reader;
        this.publisher = publisher;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object result = invocation.proceed();
        Object target = invocation.getThis();
        Method method = target == null
                ? invocation.getMethod()
                : AopUtils.getMostSpecificMethod(invocation.getMethod(), AopUtils.getTargetClass(target));
        for (Publication publication : publications.computeIfAbsent(method, reader::read)) {
            publication.publish(publisher.get(), invocation.getArguments(), result);
        }
        return result;
    }
}
