package io.triggerquery.consumer.internal.springcloud;

import static io.triggerquery.consumer.internal.springcloud.UnknownPartException.unless;

import feign.Client;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Checks that a client which trigger-query's own HTTP client replaces is entirely Spring Cloud's: neither the client
 * nor what it is created of is a bean of the application, and no property changes it.
 *
 * @param beans the beans of the application
 */
record ReplacedClient(ConfigurableListableBeanFactory beans) {

    private static final String CONFIGURATION = "org.springframework.cloud.openfeign.clientconfig.";
    private static final String PROPERTIES = "spring.cloud.openfeign.httpclient";

    /**
     * What the clients by HTTP/1.1 are created of. Feign's own is created of nothing, and has no properties. One by
     * HTTP/2 is not known.
     */
    private static final Map<String, List<String>> CREATED_OF = Map.of(
            "feign.Client$Default",
            List.of(),
            "feign.DefaultClient",
            List.of(),
            "feign.hc5.ApacheHttp5Client",
            List.of(
                    "org.apache.hc.client5.http.classic.HttpClient",
                    "org.apache.hc.client5.http.io.HttpClientConnectionManager",
                    CONFIGURATION + "HttpClient5FeignConfiguration$HttpClientBuilderCustomizer",
                    CONFIGURATION + "HttpClient5FeignConfiguration$HttpClientConnectionManagerBuilderCustomizer"));

    /**
     * Checks a client.
     *
     * @param bean the client's bean
     * @param client the client, without a load balancer
     * @throws UnknownPartException if it has a part of the application
     */
    void check(Client bean, Client client) {
        List<String> createdOf = CREATED_OF.get(client.getClass().getName());
        if (createdOf == null) {
            throw new UnknownPartException("its Client " + client.getClass().getName());
        }
        unless(
                Arrays.stream(beans.getBeanNamesForType(Client.class))
                        .anyMatch(name -> isSpringClouds(name) && beans.getBean(name) == bean),
                "its Client, a bean of the application");
        for (String part : createdOf) {
            Class<?> type = type(part);
            String[] names = type == null ? new String[0] : beans.getBeanNamesForType(type);
            Arrays.stream(names)
                    .forEach(name -> unless(isSpringClouds(name), "the bean '" + name + "' (" + part + ")"));
        }
        if (!createdOf.isEmpty()) {
            checkProperties();
        }
    }

    private void checkProperties() {
        Binder.get(beans.getBean(Environment.class))
                .bind(PROPERTIES, Bindable.mapOf(String.class, String.class))
                .ifBound(properties -> properties.keySet().stream()
                        .filter(name -> !name.endsWith("enabled")) // chooses the client
                        .findFirst()
                        .ifPresent(name -> {
                            throw new UnknownPartException("the property " + PROPERTIES + "." + name);
                        }));
    }

    private @Nullable Class<?> type(String name) {
        ClassLoader loader = beans.getBeanClassLoader();
        return ClassUtils.isPresent(name, loader) ? ClassUtils.resolveClassName(name, loader) : null;
    }

    private boolean isSpringClouds(String name) {
        String definition = name.startsWith(BeanFactory.FACTORY_BEAN_PREFIX) ? name.substring(1) : name;
        return beans.containsBeanDefinition(definition)
                && beans.getBeanDefinition(definition) instanceof AnnotatedBeanDefinition annotated
                && annotated.getFactoryMethodMetadata() != null
                && annotated
                        .getFactoryMethodMetadata()
                        .getDeclaringClassName()
                        .startsWith("org.springframework.cloud.");
    }
}
