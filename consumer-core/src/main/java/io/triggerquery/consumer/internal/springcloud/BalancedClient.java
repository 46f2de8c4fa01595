package io.triggerquery.consumer.internal.springcloud;

import static io.triggerquery.consumer.internal.springcloud.UnknownPartException.unless;

import feign.AsyncClient;
import feign.Request;
import feign.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycleValidator;
import org.springframework.cloud.client.loadbalancer.LoadBalancerProperties;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.ResponseData;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.openfeign.loadbalancer.LoadBalancerFeignRequestTransformer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import reactor.core.publisher.Mono;

/**
 * Chooses an instance of the service that an address names, and calls it: what Spring Cloud's {@code
 * FeignBlockingLoadBalancerClient} does, with the same parts of the application, but without a waiting thread.
 *
 * <p>Threads: any; an instance may be chosen on a thread of the load balancer. Failure: an answer with status 503 if
 * there is no instance.
 *
 * @param http calls an instance
 * @param balancers chooses instances
 * @param addresses adds the host and port of an instance to an address
 * @param transformers changes requests for an instance
 */
record BalancedClient(
        AsyncClient<Object> http,
        ReactiveLoadBalancer.Factory<ServiceInstance> balancers,
        LoadBalancerClient addresses,
        List<LoadBalancerFeignRequestTransformer> transformers)
        implements AsyncClient<Object> {

    private static final int UNAVAILABLE = 503;
    private static final String BLOCKING =
            "org.springframework.cloud.loadbalancer.blocking.client.BlockingLoadBalancerClient";

    /**
     * Finds the load balancer of the application.
     *
     * @return adds it to an HTTP client
     * @throws UnknownPartException if it is not the one of Spring Cloud
     */
    @SuppressWarnings("unchecked") // Spring Cloud's only factory is for instances of services
    static UnaryOperator<AsyncClient<Object>> in(BeanFactory beans) {
        LoadBalancerClient addresses = beans.getBean(LoadBalancerClient.class);
        unless(
                addresses.getClass().getName().equals(BLOCKING),
                "its LoadBalancerClient " + addresses.getClass().getName());
        ReactiveLoadBalancer.Factory<ServiceInstance> balancers = beans.getBean(ReactiveLoadBalancer.Factory.class);
        List<LoadBalancerFeignRequestTransformer> transformers = beans.getBeanProvider(
                        LoadBalancerFeignRequestTransformer.class)
                .orderedStream()
                .toList();
        return http -> new BalancedClient(http, balancers, addresses, transformers);
    }

    @Override
    public CompletableFuture<Response> execute(Request request, Request.Options options, Optional<Object> context) {
        URI address = URI.create(request.url());
        var call = new Call(address.getHost(), request);
        return call.choose().thenCompose(chosen -> {
            ServiceInstance instance = chosen.getServer();
            if (instance == null) {
                call.completed(new CompletionContext<>(Status.DISCARD, call.question, chosen));
                return CompletableFuture.completedFuture(noInstance(call.service, request));
            }
            call.started(chosen);
            return http.execute(to(instance, address, request), options, context)
                    .whenComplete((answer, failure) -> call.completed(
                            failure == null
                                    ? new CompletionContext<>(Status.SUCCESS, call.question, chosen, data(answer))
                                    : new CompletionContext<>(Status.FAILED, failure, call.question, chosen)));
        });
    }

    private Request to(ServiceInstance instance, URI address, Request request) {
        Request sent = Request.create(
                request.httpMethod(),
                addresses.reconstructURI(instance, address).toString(),
                request.headers(),
                request.body(),
                request.charset(),
                request.requestTemplate());
        for (LoadBalancerFeignRequestTransformer transformer : transformers) {
            sent = transformer.transformRequest(sent, instance);
        }
        return sent;
    }

    private static Response noInstance(String service, Request request) {
        return Response.builder()
                .request(request)
                .status(UNAVAILABLE)
                .body("Load balancer does not contain an instance for the service " + service, StandardCharsets.UTF_8)
                .build();
    }

    @SuppressWarnings("NullAway") // no body, as with Spring Cloud's own client
    private static RequestData data(Request request) {
        var headers = new HttpHeaders();
        request.headers().forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
        HttpMethod method = HttpMethod.valueOf(request.httpMethod().name());
        return new RequestData(method, URI.create(request.url()), headers, null, new HashMap<>());
    }

    @SuppressWarnings("NullAway") // no body, as with Spring Cloud's own client
    private static ResponseData data(Response answer) {
        var headers = new HttpHeaders();
        answer.headers().forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
        return new ResponseData(HttpStatusCode.valueOf(answer.status()), headers, null, data(answer.request()));
    }

    /** What the load balancer is asked for one call. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // as the life cycles are declared
    private final class Call {

        private final String service;
        private final DefaultRequest<RequestDataContext> question;
        private final Set<LoadBalancerLifecycle> lifecycles;

        Call(@Nullable String service, Request request) {
            this.service = String.valueOf(service);
            LoadBalancerProperties properties = balancers.getProperties(this.service);
            String hint = properties
                    .getHint()
                    .getOrDefault(this.service, properties.getHint().getOrDefault("default", "default"));
            this.question = new DefaultRequest<>(new RequestDataContext(data(request), hint));
            this.lifecycles = LoadBalancerLifecycleValidator.getSupportedLifecycleProcessors(
                    balancers.getInstances(this.service, LoadBalancerLifecycle.class),
                    RequestDataContext.class,
                    ResponseData.class,
                    ServiceInstance.class);
            lifecycles.forEach(each -> each.onStart(question));
        }

        CompletableFuture<org.springframework.cloud.client.loadbalancer.Response<ServiceInstance>> choose() {
            ReactiveLoadBalancer<ServiceInstance> balancer = balancers.getInstance(service);
            return balancer == null
                    ? CompletableFuture.completedFuture(new EmptyResponse())
                    : Mono.from(balancer.choose(question))
                            .defaultIfEmpty(new EmptyResponse())
                            .toFuture();
        }

        void started(org.springframework.cloud.client.loadbalancer.Response<ServiceInstance> chosen) {
            lifecycles.forEach(each -> each.onStartRequest(question, chosen));
        }

        void completed(CompletionContext<?, ?, ?> end) {
            lifecycles.forEach(each -> each.onComplete(end));
        }
    }
}
