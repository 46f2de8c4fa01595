package io.triggerquery.clients;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Capability;
import feign.Client;
import feign.Feign;
import feign.Logger.NoOpLogger;
import feign.RequestInterceptor;
import feign.ResponseInterceptor;
import feign.Retryer;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.query.SourceAccess;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.springcloud.Reading;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.ConfigBuilder;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.blocking.client.BlockingLoadBalancerClient;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignAutoConfiguration;
import org.springframework.cloud.openfeign.FeignBuilderCustomizer;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.cloud.openfeign.FeignLoggerFactory;
import org.springframework.cloud.openfeign.clientconfig.HttpClient5FeignConfiguration.HttpClientBuilderCustomizer;
import org.springframework.cloud.openfeign.encoding.FeignAcceptGzipEncodingAutoConfiguration;
import org.springframework.cloud.openfeign.loadbalancer.FeignBlockingLoadBalancerClient;
import org.springframework.cloud.openfeign.loadbalancer.FeignLoadBalancerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The supported parts of a {@code @FeignClient}; each other part is named. */
class FeignClientPartsTest {

    record Thing(String id) {}

    @Source("things")
    @FeignClient(name = "things", url = "http://127.0.0.1:9")
    interface Things {

        @GetMapping("/things/{id}")
        Thing byId(@PathVariable("id") String id);
    }

    @Source("things")
    @FeignClient(name = "things")
    interface BalancedThings {

        @GetMapping("/things/{id}")
        Thing byId(@PathVariable("id") String id);
    }

    @Source("things")
    @FeignClient(name = "things", url = "http://my_things")
    interface UnderscoreThings extends Things {}

    @Source("things")
    @FeignClient(name = "things", url = "http://127.0.0.1:9")
    interface CachedThings {

        @Cacheable("things")
        @GetMapping("/things/{id}")
        Thing byId(@PathVariable("id") String id);
    }

    @EnableFeignClients(clients = Things.class)
    static class Direct {}

    @EnableFeignClients(clients = BalancedThings.class)
    static class Balanced {}

    @EnableFeignClients(clients = UnderscoreThings.class)
    static class Underscore {}

    @EnableFeignClients(clients = CachedThings.class)
    static class Cached {}

    private static final ApplicationContextRunner DIRECT = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    HttpMessageConvertersAutoConfiguration.class,
                    RefreshAutoConfiguration.class,
                    FeignAcceptGzipEncodingAutoConfiguration.class,
                    FeignAutoConfiguration.class))
            .withBean(FeignLoggerFactory.class, () -> type -> new NoOpLogger());
    private static final ApplicationContextRunner BALANCED = DIRECT.withConfiguration(AutoConfigurations.of(
            LoadBalancerAutoConfiguration.class,
            BlockingLoadBalancerClientAutoConfiguration.class,
            FeignLoadBalancerAutoConfiguration.class));

    /** Returns the unsupported part, or "known". */
    private static String read(ApplicationContextRunner runner, Class<?> type, SourceSettings settings) {
        String[] part = new String[1];
        runner.run(application ->
                part[0] = CloudApplication.read(application, type, settings) instanceof Reading.Unknown unknown
                        ? unknown.part()
                        : "known");
        return part[0];
    }

    private static String direct(Function<ApplicationContextRunner, ApplicationContextRunner> application) {
        return read(
                application.apply(DIRECT.withUserConfiguration(Direct.class)), Things.class, SourceSettings.DEFAULT);
    }

    private static String balanced(Function<ApplicationContextRunner, ApplicationContextRunner> application) {
        return read(
                application.apply(BALANCED.withUserConfiguration(Balanced.class)),
                BalancedThings.class,
                SourceSettings.DEFAULT);
    }

    @Test
    void springCloudDefaultsAreSupported() {
        assertThat(direct(application -> application))
                .as("with Apache's HTTP client")
                .isEqualTo("known");
        assertThat(direct(application ->
                        application.withPropertyValues("spring.cloud.openfeign.httpclient.hc5.enabled=false")))
                .as("with Feign's HTTP client")
                .isEqualTo("known");
        assertThat(balanced(application -> application)).isEqualTo("known");
        assertThat(read(BALANCED.withUserConfiguration(Direct.class), Things.class, SourceSettings.DEFAULT))
                .as("an address, although there is a load balancer")
                .isEqualTo("known");
    }

    @Test
    void supportedPropertiesAndCustomizersAreAccepted() {
        String client = "spring.cloud.openfeign.client.config.things.";
        assertThat(direct(application -> application
                        .withPropertyValues(
                                client + "read-timeout=100",
                                client + "logger-level=full",
                                client + "dismiss404=true",
                                client + "default-request-headers.X-Tenant=blue")
                        .withBean(RequestInterceptor.class, () -> request -> request.header("X-Key", "1"))
                        .withBean(FeignBuilderCustomizer.class, () -> feign -> feign.dismiss404())))
                .isEqualTo("known");
    }

    abstract static class Breakers extends CircuitBreakerFactory<Object, ConfigBuilder<Object>> {

        static CircuitBreakerFactory<?, ?> none() {
            return new CircuitBreakerFactory<Object, ConfigBuilder<Object>>() {
                @Override
                public CircuitBreaker create(String id) {
                    throw new UnsupportedOperationException(id);
                }

                @Override
                protected ConfigBuilder<Object> configBuilder(String id) {
                    throw new UnsupportedOperationException(id);
                }

                @Override
                public void configureDefault(Function<String, Object> defaultConfiguration) {}
            };
        }
    }

    @Test
    void circuitBreaker() {
        assertThat(direct(application -> application
                        .withPropertyValues("spring.cloud.openfeign.circuitbreaker.enabled=true")
                        .withBean(CircuitBreakerFactory.class, Breakers::none)))
                .contains("FeignCircuitBreakerTargeter");
    }

    @Test
    void customRetryer() {
        assertThat(direct(application -> application.withBean(Retryer.class, Retryer.Default::new)))
                .isEqualTo("its Retryer feign.Retryer$Default");
        assertThat(direct(application -> application.withPropertyValues(
                        "spring.cloud.openfeign.client.config.default.retryer=feign.Retryer.Default")))
                .isEqualTo("its Retryer feign.Retryer$Default");
        assertThat(direct(application -> application.withBean(
                        FeignBuilderCustomizer.class, () -> feign -> feign.retryer(new Retryer.Default()))))
                .isEqualTo("its Retryer feign.Retryer$Default");
    }

    static final class Capable implements Capability {}

    @Test
    void capability() {
        assertThat(direct(application -> application.withBean(Capability.class, Capable::new)))
                .isEqualTo("its Capability " + Capable.class.getName());
    }

    @Test
    void unsupportedPartOfBuilder() {
        assertThat(direct(application -> application.withBean(
                        ResponseInterceptor.class, () -> (invocation, chain) -> chain.next(invocation))))
                .isEqualTo("the part 'responseInterceptors' of its Feign.Builder");
        assertThat(direct(application -> application.withBean(
                        FeignBuilderCustomizer.class, () -> feign -> feign.doNotCloseAfterDecode())))
                .isEqualTo("the part 'closeAfterDecode' of its Feign.Builder");
        assertThat(direct(application -> application.withBean(Feign.Builder.class, () -> new Feign.Builder() {})))
                .startsWith("its Feign.Builder " + FeignClientPartsTest.class.getName());
    }

    @Test
    void applicationClient() {
        Client own = new Client.Default(null, null);
        assertThat(direct(application -> application.withBean(Client.class, () -> own)))
                .isEqualTo("its Client, a bean of the application");
        assertThat(direct(application -> application.withBean(Client.class, () -> (request, options) -> null)))
                .startsWith("its Client " + FeignClientPartsTest.class.getName());
        assertThat(direct(application -> application.withBean(
                        FeignBuilderCustomizer.class, () -> feign -> feign.client((request, options) -> null))))
                .startsWith("the Client that a customizer sets, " + FeignClientPartsTest.class.getName());
        assertThat(balanced(application -> application.withBean(
                        Client.class, () -> new FeignBlockingLoadBalancerClient(own, null, null, List.of()) {})))
                .startsWith("its Client " + FeignClientPartsTest.class.getName());
    }

    @Test
    void customizedApacheHttpClient() {
        assertThat(direct(application -> application.withBean(HttpClientBuilderCustomizer.class, () -> http -> {})))
                .contains("HttpClientBuilderCustomizer");
        assertThat(direct(application ->
                        application.withBean("mine", CloseableHttpClient.class, HttpClients::createDefault)))
                .as("Spring Cloud then leaves it to the application to declare the client, and uses Feign's own")
                .isEqualTo("known");
        assertThat(direct(application -> application.withPropertyValues(
                        "spring.cloud.openfeign.httpclient.disable-ssl-validation=true")))
                .isEqualTo("the property spring.cloud.openfeign.httpclient.disable-ssl-validation");
    }

    @Test
    void refreshableClient() {
        String refresh = "spring.cloud.openfeign.client.refresh-enabled=true";
        assertThat(direct(application -> application.withPropertyValues(refresh)))
                .isEqualTo("its Request.Options, which can be refreshed");
        assertThat(balanced(application -> application.withPropertyValues(
                        refresh, "spring.cloud.openfeign.client.config.things.url=http://127.0.0.1:9")))
                .contains("RefreshableHardCodedTarget");
    }

    @Test
    void wrappedBean() {
        BeanPostProcessor wrapper = new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Things ? new ProxyFactory(bean).getProxy() : bean;
            }
        };
        assertThat(direct(application -> application.withBean(BeanPostProcessor.class, () -> wrapper)))
                .isEqualTo("the wrapper of its bean (org.springframework.aop.framework.JdkDynamicAopProxy)");
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        Things things() {
            return Thing::new;
        }
    }

    @Test
    void beanNotCreatedBySpringCloud() {
        String other = "the bean itself, which is not the one that @EnableFeignClients declares";
        assertThat(read(DIRECT.withUserConfiguration(Own.class), Things.class, SourceSettings.DEFAULT))
                .isEqualTo(other);
        assertThat(direct(application ->
                        application.withPropertyValues("spring.cloud.openfeign.lazy-attributes-resolution=true")))
                .isEqualTo(other);
    }

    @Test
    void compressedAnswers() {
        assertThat(direct(application -> application.withPropertyValues(
                        "spring.cloud.openfeign.httpclient.hc5.enabled=false",
                        "spring.cloud.openfeign.compression.response.enabled=true")))
                .isEqualTo("the compression of answers (spring.cloud.openfeign.compression.response.enabled)");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

        @Bean
        ConcurrentMapCacheManager cacheManager() {
            return new ConcurrentMapCacheManager();
        }
    }

    @Test
    void cacheOnlyIfClientIsCached() {
        assertThat(direct(application -> application.withUserConfiguration(Caching.class)))
                .isEqualTo("known");
        assertThat(read(
                        DIRECT.withUserConfiguration(Caching.class, Cached.class),
                        CachedThings.class,
                        SourceSettings.DEFAULT))
                .startsWith("the wrapper of its bean");
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBalancer {

        @Bean
        LoadBalancerClient ownBalancer(LoadBalancerClientFactory factory) {
            return new BlockingLoadBalancerClient(factory) {};
        }
    }

    @Test
    void applicationLoadBalancer() {
        assertThat(balanced(application -> application.withUserConfiguration(OwnBalancer.class)))
                .startsWith("its LoadBalancerClient " + FeignClientPartsTest.class.getName());
    }

    @Test
    void invalidAddress() {
        assertThat(read(DIRECT.withUserConfiguration(Underscore.class), UnderscoreThings.class, SourceSettings.DEFAULT))
                .isEqualTo("its address, which has no host");
    }

    @Test
    void keyStoreOfSystemPropertiesUnlessSourceHasCertificate() {
        System.setProperty("javax.net.ssl.keyStore", "client.p12");
        try {
            assertThat(direct(application -> application)).startsWith("the key store in system properties");
            var bundle = new SourceAccess(Map.of(), null, "mutual", null, List.of("ssl-bundle"));
            assertThat(read(DIRECT.withUserConfiguration(Direct.class), Things.class, settings(bundle)))
                    .isEqualTo("known");
        } finally {
            System.clearProperty("javax.net.ssl.keyStore");
        }
    }

    private static SourceSettings settings(SourceAccess access) {
        return new SourceSettings(
                null, SourceSettings.DEFAULT.limits(), SourceSettings.DEFAULT.protection(), false, access);
    }

    @Test
    void proxyOfSystemPropertiesUnlessSourceHasOne() {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy", 3128)));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
        try {
            assertThat(direct(application -> application)).startsWith("the proxy in system properties");
            var proxy = new SourceAccess(
                    Map.of(), null, null, new SourceAccess.Proxy("proxy", 3128, null, null), List.of("proxy"));
            assertThat(read(DIRECT.withUserConfiguration(Direct.class), Things.class, settings(proxy)))
                    .isEqualTo("known");
        } finally {
            ProxySelector.setDefault(before);
        }
    }
}
