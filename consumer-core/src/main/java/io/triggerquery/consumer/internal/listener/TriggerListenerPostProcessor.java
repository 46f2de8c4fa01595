package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.projection.TableProjection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Finds the methods and the records with {@link TriggerQueryListener} when beans are created, and then processes the
 * remaining beans. A bean with a listener that is created later is rejected, since its method would never be called.
 *
 * <p>Threads: several threads may create beans concurrently.
 */
public final class TriggerListenerPostProcessor implements BeanPostProcessor {

    private static final MetadataLookup<TriggerQueryListener> ANNOTATION =
            method -> AnnotatedElementUtils.findMergedAnnotation(method, TriggerQueryListener.class);

    private static final boolean WITH_JDBC = ClassUtils.isPresent(
            "org.springframework.jdbc.core.JdbcTemplate", TriggerListenerPostProcessor.class.getClassLoader());

    private final Map<String, List<? extends AnnotatedListener>> found = new LinkedHashMap<>();
    private final Set<String> processed = new HashSet<>();
    private boolean complete;

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        // of a scoped bean the proxy is used, which exists as long as the application
        if (!ScopedProxyUtils.isScopedTarget(beanName)) {
            add(beanName, listeners(bean));
        }
        return bean;
    }

    /** Returns whether beans of a type are listeners: it has a method that is one, or it writes a record's table. */
    public static boolean hasListener(@Nullable Class<?> type) {
        return type != null && (WITH_JDBC && type == TableProjection.class || hasMethod(type));
    }

    private static boolean hasMethod(Class<?> type) {
        return AnnotationUtils.isCandidateClass(type, TriggerQueryListener.class)
                && !MethodIntrospector.selectMethods(type, ANNOTATION).isEmpty();
    }

    /**
     * Returns the definitions of the methods found so far.
     *
     * @param beans resolves placeholders and expressions
     * @param settings the settings by the id of a listener
     * @param sources finds the sources
     */
    public List<ListenerDefinition> definitions(
            ConfigurableBeanFactory beans, ConsumerSettings.Listeners settings, ListenerSources sources) {
        return found().stream()
                .map(method -> ListenerDefinition.of(method, beans, settings, sources))
                .toList();
    }

    /**
     * Creates the beans with listeners that were not created yet, and processes those that were created without
     * post-processing. Called when the other beans have been created.
     *
     * @throws FailureAnalyzedException if a bean with a listener is not a singleton
     */
    void complete(ConfigurableListableBeanFactory beans) {
        for (String name : new ListenerBeans(beans).unprocessed(this::isProcessed)) {
            Object bean = beans.getBean(name);
            if (!isFound(name)) {
                add(name, listeners(bean));
            }
        }
        synchronized (this) {
            complete = true;
            processed.clear();
        }
    }

    private static List<? extends AnnotatedListener> listeners(Object bean) {
        if (WITH_JDBC && bean instanceof TableProjection<?> table) {
            TriggerQueryListener annotation = table.type().getAnnotation(TriggerQueryListener.class);
            return annotation == null ? List.of() : List.of(new AnnotatedRecord(table, annotation));
        }
        Class<?> type = AopUtils.getTargetClass(bean);
        if (!AnnotationUtils.isCandidateClass(type, TriggerQueryListener.class)) {
            return List.of();
        }
        return MethodIntrospector.selectMethods(type, ANNOTATION).entrySet().stream()
                .map(method -> new AnnotatedMethod(bean, method.getKey(), method.getValue()))
                .toList();
    }

    private synchronized void add(String name, List<? extends AnnotatedListener> methods) {
        if (!complete) {
            processed.add(name);
        }
        if (methods.isEmpty() || complete && found.containsKey(name)) {
            return;
        }
        if (complete) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + methods.get(0).name() + " is in the bean '" + name
                            + "', which is created after the listeners were assembled, so it would not be called.",
                    "Declare the bean with its own class as its type, so that it is created at the start.");
        }
        found.put(name, methods);
    }

    private synchronized boolean isProcessed(String name) {
        return processed.contains(name);
    }

    private synchronized boolean isFound(String name) {
        return found.containsKey(name);
    }

    synchronized List<? extends AnnotatedListener> found() {
        return found.values().stream().flatMap(List::stream).toList();
    }
}
