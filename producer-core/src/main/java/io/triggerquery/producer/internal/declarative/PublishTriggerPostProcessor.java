package io.triggerquery.producer.internal.declarative;

import io.triggerquery.producer.TriggerPublisher;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * Adds the publishing advice to beans with annotated methods.
 *
 * <p>An advisor bean would be sorted among the others. The transaction advisor has the lowest precedence by default, so
 * the order of the two would be undefined. This class adds the innermost advice to an existing proxy, or creates a
 * proxy.
 */
final class PublishTriggerPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private final transient PublicationReader reader;

    PublishTriggerPostProcessor(PublicationReader reader, ObjectProvider<TriggerPublisher> publisher) {
        this.reader = reader;
        Supplier<TriggerPublisher> lazyPublisher = SingletonSupplier.of(publisher::getObject);
        setBeforeExistingAdvisors(false);
        this.advisor = new AnnotatedMethods(reader, new PublishTriggerInterceptor(reader, lazyPublisher));
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof AopInfrastructureBean) {
            return bean;
        }
        Class<?> type = AopUtils.getTargetClass(bean);
        Set<Method> annotated = reader.check(type);
        if (annotated.isEmpty()) {
            return bean;
        }
        boolean cannotAdvise = !(bean instanceof Advised advised) || advised.isFrozen();
        if (bean instanceof SpringProxy && cannotAdvise) {
            throw new IllegalStateException("@PublishTrigger cannot publish inside the transaction of " + type.getName()
                    + ": its proxy is frozen or opaque; call TriggerPublisher in the method instead");
        }
        Object proxy = super.postProcessAfterInitialization(bean, beanName);
        // fails if the proxy has interfaces only and the method is not in one of them
        annotated.forEach(method -> AopUtils.selectInvocableMethod(method, proxy.getClass()));
        return proxy;
    }

    private static final class AnnotatedMethods extends StaticMethodMatcherPointcutAdvisor {

        private final transient PublicationReader reader;

        AnnotatedMethods(PublicationReader reader, PublishTriggerInterceptor advice) {
            super(advice);
            this.reader = reader;
        }

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return reader.isAnnotated(AopUtils.getMostSpecificMethod(method, targetClass));
        }
    }
}
