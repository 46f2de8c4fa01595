package io.triggerquery.clients;

import feign.Logger.NoOpLogger;
import io.triggerquery.clients.ClientKind.Cloud;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.query.Sources;
import io.triggerquery.consumer.internal.springcloud.FeignClients;
import io.triggerquery.consumer.internal.springcloud.Reading;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.cloud.openfeign.FeignAutoConfiguration;
import org.springframework.cloud.openfeign.FeignLoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** An application with a {@code @FeignClient}. */
@ImportAutoConfiguration({HttpMessageConvertersAutoConfiguration.class, FeignAutoConfiguration.class})
@Import(Cloud.class)
class CloudApplication {

    private static final Map<URI, ConfigurableApplicationContext> APPLICATIONS = new ConcurrentHashMap<>();

    @Bean
    FeignLoggerFactory withoutLog() {
        return type -> new NoOpLogger();
    }

    /** Returns the application whose client calls an address. */
    static ConfigurableApplicationContext at(URI url) {
        return APPLICATIONS.computeIfAbsent(url, CloudApplication::start);
    }

    private static ConfigurableApplicationContext start(URI url) {
        return new SpringApplicationBuilder(CloudApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn",
                        "--things.url=" + url,
                        "--spring.cloud.openfeign.httpclient.hc5.enabled=false",
                        "--spring.cloud.openfeign.client.config.things.connect-timeout=1000",
                        "--spring.cloud.openfeign.client.config.things.read-timeout=" + ClientKind.TIMEOUT.toMillis());
    }

    static Reading read(ApplicationContext application, Class<?> type, SourceSettings settings) {
        return FeignClients.read(application.getAutowireCapableBeanFactory(), type, application.getBean(type), settings)
                .orElseThrow();
    }

    /** Returns the query of a client whose parts are all supported. */
    static Query<Object> query(
            Sources sources, ApplicationContext application, Class<?> type, SourceSettings settings) {
        var known = (Reading.Known) read(application, type, settings);
        return sources.query(SourceMethods.of(type), known.client(), settings, false);
    }
}
