package io.triggerquery.consumer.internal.springcloud;

import static io.triggerquery.consumer.internal.springcloud.UnknownPartException.unless;

import feign.AsyncClient;
import feign.Client;
import feign.Contract;
import feign.Request;
import feign.Target;
import feign.codec.Decoder;
import io.triggerquery.consumer.internal.query.ConfiguredFeign;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.query.SystemProxies;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.cloud.openfeign.FeignClientFactoryBean;
import org.springframework.cloud.openfeign.PropertyBasedTarget;
import org.springframework.cloud.openfeign.loadbalancer.FeignBlockingLoadBalancerClient;
import org.springframework.cloud.openfeign.loadbalancer.RetryableFeignBlockingLoadBalancerClient;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Reads a client of Spring Cloud OpenFeign. What it consists of is not derived from properties and beans: Spring
 * Cloud's own factory configures a builder once more, and the parts are taken from there.
 *
 * @param beans the beans of the application
 */
record FeignClientReader(ConfigurableListableBeanFactory beans) {

    private static final Set<Class<?>> TARGETS = Set.of(Target.HardCodedTarget.class, PropertyBasedTarget.class);

    /**
     * Reads a client.
     *
     * @return empty if it is not one of Spring Cloud OpenFeign
     * @throws UnknownPartException if it has a part that is not known
     */
    Optional<ConfiguredFeign> read(Class<?> type, Object bean, SourceSettings settings) {
        Optional<String> name = Arrays.stream(beans.getBeanNamesForType(type))
                .filter(candidate -> beans.isFactoryBean(candidate) && beans.getBean(candidate) == bean)
                .filter(candidate ->
                        beans.getType(BeanFactory.FACTORY_BEAN_PREFIX + candidate) == FeignClientFactoryBean.class)
                .findFirst();
        if (name.isEmpty()) {
            unless(
                    !AnnotatedElementUtils.hasAnnotation(type, FeignClient.class),
                    "the bean itself, which is not the one that @EnableFeignClients declares");
            return Optional.empty();
        }
        checkUnwrapped(bean);
        ConfiguredFeign client = client(RecordingFactoryBean.record(beans, name.get()));
        URI address = client.address();
        unless(address.getHost() != null, "its address, which has no host");
        unless(
                settings.access().proxy() != null || SystemProxies.of(address).isEmpty(),
                "the proxy in system properties, unless triggerquery.sources.NAME.proxy is set");
        unless(
                settings.access().sslBundle() != null || System.getProperty("javax.net.ssl.keyStore") == null,
                "the key store in system properties, unless triggerquery.sources.NAME.ssl-bundle is set");
        return Optional.of(client);
    }

    private static void checkUnwrapped(Object bean) {
        Class<?> type = Proxy.isProxyClass(bean.getClass())
                ? Proxy.getInvocationHandler(bean).getClass()
                : bean.getClass();
        unless(
                type.getName().startsWith("feign.")
                        || type.getName().startsWith("org.springframework.cloud.openfeign."),
                "the wrapper of its bean (" + type.getName() + ")");
    }

    private ConfiguredFeign client(RecordingFactoryBean factory) {
        unless(
                TARGETS.contains(factory.target().getClass()),
                "its Target " + factory.target().getClass().getName());
        var parts = new BuilderParts(factory.builder());
        UnaryOperator<AsyncClient<Object>> balancer = balancer(factory, parts);
        return new ConfiguredFeign(
                parts.asynchronous(),
                parts.get("contract", Contract.class),
                parts.get("decoder", Decoder.class),
                factory.target(),
                parts.get("options", Request.Options.class),
                balancer);
    }

    /** Returns the load balancer, or null if the client calls an address. */
    private @Nullable UnaryOperator<AsyncClient<Object>> balancer(RecordingFactoryBean factory, BuilderParts parts) {
        var replaced = new ReplacedClient(beans);
        Client client = parts.get("client", Client.class);
        if (!factory.isBalanced()) {
            unless(
                    parts.hasDefaultClient(),
                    "the Client that a customizer sets, " + client.getClass().getName());
            Client bean = factory.clientBean();
            if (bean != null) {
                replaced.check(bean, withoutBalancer(bean));
            }
            return null;
        }
        unless(
                client.getClass() == FeignBlockingLoadBalancerClient.class,
                "its Client " + client.getClass().getName());
        replaced.check(client, withoutBalancer(client));
        return BalancedClient.in(beans);
    }

    /** Returns the client that Spring Cloud uses when an address is set, although there is a load balancer. */
    private static Client withoutBalancer(Client client) {
        if (client instanceof FeignBlockingLoadBalancerClient balanced) {
            return balanced.getDelegate();
        }
        return client instanceof RetryableFeignBlockingLoadBalancerClient retrying ? retrying.getDelegate() : client;
    }
}
