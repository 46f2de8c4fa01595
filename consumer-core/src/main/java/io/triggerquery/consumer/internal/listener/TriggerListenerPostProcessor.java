package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerQueryListener;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the methods with {@link TriggerQueryListener} when beans are created, and then processes the beans that were
 * left out. A bean with a listener that is made later is refused, since nothing would call it.
 *
 * <p>Threads: beans may be made by several threads at once.
 */
public final class TriggerListenerPostProcessor implements BeanPostProcessor {

    private static final MetadataLookup<TriggerQueryListener> ANNOTATION =
            method -> AnnotatedElementUtils.findMergedAnnotation(method, TriggerQueryListener.class);

    private final Map<String, List<AnnotatedMethod>> found = new LinkedHashMap<>();
    private final Set<String> lookedAt = new HashSet<>();
    private boolean complete;

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        // of a bean in a scope the proxy counts, which is there all the time
        if (!ScopedProxyUtils.isScopedTarget(beanName)) {
            add(beanName, methods(bean));
        }
        return bean;
    }

    /** Whether a type has such a method. */
    public static boolean hasListener(@Nullable Class<?> type) {
        return type != null
                && AnnotationUtils.isCandidateClass(type, TriggerQueryListener.class)
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

    /**
     * Makes the beans with listeners that nothing has asked for, and looks at those that were made without having been
     * shown to this. To be called when the other beans have been made.
     *
     * @throws FailureAnalyzedException if a bean with a listener is no singleton
     */
    void complete(ConfigurableListableBeanFactory beans) {
        for (String name : new ListenerBeans(beans).overlooked(this::isLookedAt)) {
            Object bean = beans.getBean(name);
            if (!isFound(name)) {
                add(name, methods(bean));
            }
        }
        synchronized (this) {
            complete = true;
            lookedAt.clear();
        }
    }

    private static List<AnnotatedMethod> methods(Object bean) {
        Class<?> type = AopUtils.getTargetClass(bean);
        if (!AnnotationUtils.isCandidateClass(type, TriggerQueryListener.class)) {
            return List.of();
        }
        return MethodIntrospector.selectMethods(type, ANNOTATION).entrySet().stream()
                .map(method -> new AnnotatedMethod(bean, method.getKey(), method.getValue()))
                .toList();
    }

    private synchronized void add(String name, List<AnnotatedMethod> methods) {
        if (!complete) {
            lookedAt.add(name);
        }
        if (methods.isEmpty() || complete && found.containsKey(name)) {
            return;
        }
        if (complete) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + methods.get(0).name() + " is in the bean '" + name
                            + "', which is made only now: the listeners have been put together, and it would not be"
                            + " called.",
                    "Declare the bean with its own class as its type, so that it is made when the application starts.");
        }
        found.put(name, methods);
    }

    private synchronized boolean isLookedAt(String name) {
        return lookedAt.contains(name);
    }

    private synchronized boolean isFound(String name) {
        return found.containsKey(name);
    }

    synchronized List<AnnotatedMethod> found() {
        return found.values().stream().flatMap(List::stream).toList();
    }
}
