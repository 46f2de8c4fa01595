package io.triggerquery.clients;

import feign.Logger.NoOpLogger;
import io.triggerquery.clients.ClientKind.Cloud;
import io.triggerquery.clients.ClientKind.CloudThings;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.cloud.openfeign.FeignAutoConfiguration;
import org.springframework.cloud.openfeign.FeignLoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** An application with a {@code @FeignClient}. */
@ImportAutoConfiguration({HttpMessageConvertersAutoConfiguration.class, FeignAutoConfiguration.class})
@Import(Cloud.class)
class CloudApplication {

    private static final Map<URI, CloudThings> CLIENTS = new ConcurrentHashMap<>();

    @Bean
    FeignLoggerFactory withoutLog() {
        return type -> new NoOpLogger();
    }

    static CloudThings client(URI url) {
        return CLIENTS.computeIfAbsent(url, CloudApplication::start);
    }

    private static CloudThings start(URI url) {
        return new SpringApplicationBuilder(CloudApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn",
                        "--things.url=" + url,
                        "--spring.cloud.openfeign.client.config.things.connect-timeout=1000",
                        "--spring.cloud.openfeign.client.config.things.read-timeout=" + ClientKind.TIMEOUT.toMillis())
                .getBean(CloudThings.class);
    }
}
