package io.triggerquery.consumer.listener;

import io.triggerquery.consumer.TriggerQueryListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the methods with {@link TriggerQueryListener} while the beans are made.
 *
 * <p>Threads: beans may be made by several threads at once.
 */
public final class TriggerListenerPostProcessor implements BeanPostProcessor {

    private static final MetadataLookup<TriggerQueryListener> ANNOTATION =
            method -> AnnotatedElementUtils.findMergedAnnotation(method, TriggerQueryListener.class);

    private final List<AnnotatedMethod> found = new ArrayList<>();

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Class<?> type = AopUtils.getTargetClass(bean);
        if (!AnnotationUtils.isCandidateClass(type, TriggerQueryListener.class)) {
            return bean;
        }
        MethodIntrospector.selectMethods(type, ANNOTATION)
                .forEach((method, annotation) -> add(new AnnotatedMethod(bean, method, annotation)));
        return bean;
    }

    /** Whether a type has such a method. */
    public static boolean hasListener(Class<?> type) {
        return AnnotationUtils.isCandidateClass(type, TriggerQueryListener.class)
                && !MethodIntrospector.selectMethods(type, ANNOTATION).isEmpty();
    }

    /**
     * What the methods found so far declare.
     *
     * @param placeholders resolves placeholders
     */
    public List<ListenerDefinition> definitions(UnaryOperator<String> placeholders) {
        return found().stream()
                .map(method -> ListenerDefinition.of(method, placeholders))
                .toList();
    }

    private synchronized void add(AnnotatedMethod method) {
        found.add(method);
    }

    synchronized List<AnnotatedMethod> found() {
        return List.copyOf(found);
    }
}
