package io.triggerquery.consumer.internal.listener;

import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * Finds the beans that may be listeners and were not processed, because they were not created yet or were created
 * without post-processing.
 *
 * <p>A lazy bean is created if its type has a listener. A bean that a method of the application declares as an
 * interface or an abstract class is created as well, because only its instance shows whether it has a listener.
 * Auto-configurations are excluded. A bean without a single instance that lives as long as the application cannot be a
 * listener, and is rejected.
 */
final class ListenerBeans {

    /** The scope whose proxy uses one instance for all threads, and a new one after a refresh. */
    private static final String REFRESH = "refresh";

    private final ConfigurableListableBeanFactory beans;

    ListenerBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Returns the names of those that are singletons.
     *
     * @param known whether the bean of a name was processed
     * @throws FailureAnalyzedException if a bean with a listener is in another scope
     */
    Set<String> unprocessed(Predicate<String> known) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getMergedBeanDefinition(name);
            if (!definition.isAbstract() && isUnprocessed(name, definition, known)) {
                names.add(name);
            }
        }
        for (String name : beans.getSingletonNames()) {
            if (!beans.containsBeanDefinition(name) && !known.test(name) && isListener(beans.getSingleton(name))) {
                names.add(name);
            }
        }
        return names;
    }

    private static boolean isListener(@Nullable Object bean) {
        return bean != null && TriggerListenerPostProcessor.hasListener(AopUtils.getTargetClass(bean));
    }

    private boolean isUnprocessed(String name, BeanDefinition definition, Predicate<String> known) {
        Class<?> type = beans.getType(name, false);
        if (type == null) {
            return false;
        }
        boolean hasListener = TriggerListenerPostProcessor.hasListener(type);
        if (!definition.isSingleton()) {
            if (hasListener) {
                checkScope(name, definition, type);
            }
            return false;
        }
        return hasListener && (beans.isFactoryBean(name) || !known.test(name))
                || !beans.containsSingleton(name) && mayBeListener(definition, type);
    }

    private static void checkScope(String name, BeanDefinition definition, Class<?> type) {
        String scope = definition.getScope();
        if (!(REFRESH.equals(scope) && ScopedProxyUtils.isScopedTarget(name))) {
            throw new FailureAnalyzedException(
                    "The bean '" + name + "' has a method with @TriggerQueryListener (" + type.getName()
                            + "), and is in the scope '" + scope + "'. A listener runs as long as the application,"
                            + " outside of any request or session, so no instance of this bean would ever be called.",
                    "Make the bean a singleton, and obtain scoped beans from an ObjectProvider when it needs them.");
        }
    }

    private boolean mayBeListener(BeanDefinition definition, Class<?> type) {
        return definition.getFactoryMethodName() != null
                && (Modifier.isAbstract(type.getModifiers()) || type == Object.class)
                && !isFrameworkClass(factory(definition));
    }

    private @Nullable Class<?> factory(BeanDefinition definition) {
        String factoryBean = definition.getFactoryBeanName();
        if (factoryBean != null) {
            return beans.getType(factoryBean, false);
        }
        String factoryClass = definition.getBeanClassName();
        return factoryClass == null ? null : ClassUtils.resolveClassName(factoryClass, beans.getBeanClassLoader());
    }

    private static boolean isFrameworkClass(@Nullable Class<?> factory) {
        for (Class<?> type = factory; type != null; type = type.getEnclosingClass()) {
            if (type.getName().startsWith("org.springframework.")
                    || AnnotatedElementUtils.hasAnnotation(type, AutoConfiguration.class)) {
                return true;
            }
        }
        return factory == null;
    }
}
