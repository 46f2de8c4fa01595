package io.triggerquery.clients;

import feign.Feign;
import feign.Param;
import feign.Request;
import feign.RequestLine;
import feign.Retryer;
import feign.jackson3.Jackson3Decoder;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.query.QueryBean;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.query.SourceSettings.Limits;
import io.triggerquery.consumer.internal.query.SourceSettings.Protection;
import io.triggerquery.consumer.internal.query.Sources;
import io.triggerquery.consumer.spi.SourceQuery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.json.JsonMapper;

/** The kinds of clients that a team may have. */
enum ClientKind {
    FEIGN {
        @Override
        Query<Object> query(Sources sources, URI url) {
            return sources.query(SourceMethods.of(Things.class), url, settings(url));
        }
    },
    FEIGN_FUTURE {
        @Override
        Query<Object> query(Sources sources, URI url) {
            return sources.query(SourceMethods.of(FutureThings.class), url, settings(url));
        }
    },
    FEIGN_OPTIONAL {
        @Override
        Query<Object> query(Sources sources, URI url) {
            return sources.query(SourceMethods.of(OptionalThings.class), url, settings(url));
        }
    },
    BLOCKING_FEIGN_BEAN {
        @Override
        Query<Object> query(Sources sources, URI url) {
            Things bean = Feign.builder()
                    .decoder(new Jackson3Decoder())
                    .options(new Request.Options(1, TimeUnit.SECONDS, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS, true))
                    .retryer(Retryer.NEVER_RETRY)
                    .target(Things.class, url.toString());
            return bean(sources, Things.class, bean);
        }
    },
    FEIGN_CLIENT {
        @Override
        Query<Object> query(Sources sources, URI url) {
            return bean(sources, CloudThings.class, CloudApplication.at(url).getBean(CloudThings.class));
        }
    },
    FEIGN_CLIENT_WITHOUT_A_WAITING_THREAD {
        @Override
        Query<Object> query(Sources sources, URI url) {
            return CloudApplication.query(sources, CloudApplication.at(url), CloudThings.class, SourceSettings.DEFAULT);
        }
    },
    HTTP_EXCHANGE_ON_REST_CLIENT {
        @Override
        Query<Object> query(Sources sources, URI url) {
            return bean(sources, ExchangeThings.class, proxy(ExchangeThings.class, url));
        }
    },
    HTTP_EXCHANGE_WITH_RESPONSE_ENTITY {
        @Override
        Query<Object> query(Sources sources, URI url) {
            return bean(sources, EntityThings.class, proxy(EntityThings.class, url));
        }
    },
    HTTP_EXCHANGE_ON_WEB_CLIENT {
        @Override
        Query<Object> query(Sources sources, URI url) {
            var adapter = WebClientAdapter.create(WebClient.builder()
                    .baseUrl(url.toString())
                    .clientConnector(new JdkClientHttpConnector(http()))
                    .build());
            adapter.setBlockTimeout(TIMEOUT);
            return bean(
                    sources,
                    ExchangeThings.class,
                    HttpServiceProxyFactory.builderFor(adapter).build().createClient(ExchangeThings.class));
        }
    },
    HTTP_EXCHANGE_FUTURE_ON_WEB_CLIENT {
        @Override
        Query<Object> query(Sources sources, URI url) {
            var connector = new JdkClientHttpConnector(http());
            connector.setReadTimeout(TIMEOUT);
            var adapter = WebClientAdapter.create(WebClient.builder()
                    .baseUrl(url.toString())
                    .clientConnector(connector)
                    .build());
            return bean(
                    sources,
                    ExchangeFutureThings.class,
                    HttpServiceProxyFactory.builderFor(adapter).build().createClient(ExchangeFutureThings.class));
        }
    },
    REST_TEMPLATE {
        @Override
        Query<Object> query(Sources sources, URI url) {
            return bean(sources, TemplateThings.class, new TemplateThings(new RestTemplate(requests()), url));
        }
    },
    LAMBDA {
        @Override
        Query<Object> query(Sources sources, URI url) {
            HttpClient http = http();
            SourceQuery<Thing> query = SourceQuery.one(id -> {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(url.resolve("/things/" + id))
                                .timeout(TIMEOUT)
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() >= 300) {
                    var failure = new ErrorResponseException(HttpStatusCode.valueOf(answer.statusCode()));
                    answer.headers().map().forEach(failure.getHeaders()::addAll);
                    throw failure;
                }
                return answer.body().isEmpty() ? null : JsonMapper.shared().readValue(answer.body(), Thing.class);
            });
            Source declared = Things.class.getAnnotation(Source.class);
            return sources.query(QueryBean.of("things", declared, Thing.class), query, Protection.DEFAULT);
        }
    };

    static final Duration TIMEOUT = Duration.ofMillis(150);

    abstract Query<Object> query(Sources sources, URI url);

    /**
     * Returns the meaning of a behaviour for this client. The JDK's old HTTP client, which Feign uses by default, does
     * not report a truncated answer, which therefore looks like invalid JSON.
     */
    String meaningOf(Behaviour behaviour) {
        boolean hidden =
                behaviour == Behaviour.CUTS_THE_ANSWER && (this == BLOCKING_FEIGN_BEAN || this == FEIGN_CLIENT);
        return hidden ? Behaviour.BROKEN_JSON.meaning : behaviour.meaning;
    }

    record Thing(String id) {}

    @Source(value = "things", id = "id", absence = Absence.HEADER)
    interface Things {

        @RequestLine("GET /things/{id}")
        Thing byId(@Param("id") String id);
    }

    @Source(value = "things", id = "id", absence = Absence.HEADER)
    interface FutureThings {

        @RequestLine("GET /things/{id}")
        CompletableFuture<Thing> byId(@Param("id") String id);
    }

    @Source(value = "things", id = "id", absence = Absence.HEADER)
    interface OptionalThings {

        @RequestLine("GET /things/{id}")
        Optional<Thing> byId(@Param("id") String id);
    }

    @Source(value = "things", id = "id", absence = Absence.HEADER)
    @FeignClient(name = "things", url = "${things.url}")
    interface CloudThings {

        @GetMapping("/things/{id}")
        Thing byId(@PathVariable("id") String id);
    }

    @EnableFeignClients(clients = CloudThings.class)
    static class Cloud {}

    @Source(value = "things", id = "id", absence = Absence.HEADER)
    interface ExchangeThings {

        @GetExchange("/things/{id}")
        Thing byId(@PathVariable("id") String id);
    }

    @Source(value = "things", id = "id", absence = Absence.HEADER)
    interface EntityThings {

        @GetExchange("/things/{id}")
        ResponseEntity<Thing> byId(@PathVariable("id") String id);
    }

    @Source(value = "things", id = "id", absence = Absence.HEADER)
    interface ExchangeFutureThings {

        @GetExchange("/things/{id}")
        CompletableFuture<Thing> byId(@PathVariable("id") String id);
    }

    @Source(value = "things", id = "id", absence = Absence.HEADER)
    record TemplateThings(RestTemplate template, URI url) {

        public Thing byId(String id) {
            return template.getForObject(url + "/things/{id}", Thing.class, id);
        }
    }

    private static Query<Object> bean(Sources sources, Class<?> type, Object bean) {
        return sources.query(SourceMethods.of(type), bean, Protection.DEFAULT);
    }

    private static SourceSettings settings(URI url) {
        return new SourceSettings(url, new Limits(Duration.ofSeconds(1), TIMEOUT, 1 << 20), Protection.DEFAULT);
    }

    /** Follows redirects, as Spring Boot's clients do. */
    private static HttpClient http() {
        return HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
    }

    private static JdkClientHttpRequestFactory requests() {
        var requests = new JdkClientHttpRequestFactory(http());
        requests.setReadTimeout(TIMEOUT);
        return requests;
    }

    private static <T> T proxy(Class<T> type, URI url) {
        RestClient client =
                RestClient.builder().baseUrl(url).requestFactory(requests()).build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(type);
    }
}
