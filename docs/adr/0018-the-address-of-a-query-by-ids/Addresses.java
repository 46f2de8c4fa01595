import feign.*;
import feign.interceptor.MethodInterceptor;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.query.*;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What it costs to make the request for a hundred ids, with a client that sends nothing.
 *
 * <pre>java -cp CLASSPATH Addresses.java</pre>
 */
public class Addresses {

    public record Billing(String paymentId) {}

    @Source(value = "billing", id = "paymentId")
    public interface Billings {
        @RequestLine("GET /api/billings/{id}")
        Billing byId(@Param("id") String id);

        @RequestLine(value = "GET /api/billings?ids={ids}", collectionFormat = CollectionFormat.CSV)
        List<Billing> byIds(@Param("ids") List<String> ids);
    }

    interface Asking {
        Object ask(List<String> ids) throws Throwable;
    }

    static final URI SOURCE = URI.create("http://127.0.0.1:8080");
    static final int CALLS = 20_000;

    public static void main(String[] args) throws Throwable {
        Method byIds = Billings.class.getMethod("byIds", List.class);
        Billings list = feign(Feign.builder());
        InvocationHandler handler = Proxy.getInvocationHandler(list);
        Billings escaped = feign(past("%2C"));
        Billings commas = feign(past(","));
        Query<Object> watched = ours(new SendsNothing(), new Watches());
        Query<Object> ours = ours(new SendsNothing());
        Map<String, Asking> ways = Map.of(
                "1 Feign, a list", list::byIds,
                "2 Feign, one text", ids -> handler.invoke(list, byIds, new Object[] {String.join("%2C", ids)}),
                "3 MethodInterceptor, one text", escaped::byIds,
                "4 MethodInterceptor, one text with bare commas", commas::byIds,
                "5 ours with an interceptor", ids -> watched.ask(ids, 1),
                "6 ours", ids -> ours.ask(ids, 1));
        for (int round = 0; round < 8; round++) {
            for (String way : ways.keySet().stream().sorted().toList()) {
                System.out.printf("%-50s %6.1f us%n", way, measure(ways.get(way)));
            }
        }
        System.exit(0);
    }

    static double measure(Asking asking) throws Throwable {
        List<List<String>> all = new ArrayList<>();
        for (int batch = 0; batch < 1_000; batch++) {
            int from = 1_000_000 + 100 * batch;
            all.add(IntStream.range(from, from + 100).mapToObj(n -> "pay-" + n).toList());
        }
        long start = System.nanoTime();
        for (int call = 0; call < CALLS; call++) {
            asking.ask(all.get(call % all.size()));
        }
        return (System.nanoTime() - start) / 1e3 / CALLS;
    }

    static Billings feign(Feign.Builder builder) {
        return builder.client((request, options) -> answer(request))
                .decoder((response, type) -> List.of())
                .target(Billings.class, SOURCE.toString());
    }

    /** The parameter is not in the template, and put there when all else is done. */
    static Feign.Builder past(String separator) {
        Contract contract = new DefaultContract();
        MethodInterceptor interceptor = (invocation, chain) -> {
            @SuppressWarnings("unchecked")
            String ids = String.join(separator, (List<String>) invocation.arguments()[0]);
            invocation.requestTemplate().query("ids", List.of(ids), CollectionFormat.CSV);
            return chain.next(invocation);
        };
        return Feign.builder().methodInterceptor(interceptor).contract(type -> {
            List<MethodMetadata> methods = contract.parseAndValidateMetadata(type);
            methods.stream()
                    .filter(method -> method.method().getName().equals("byIds"))
                    .forEach(method -> {
                        method.template().query("ids", List.of());
                        method.indexToName().clear();
                    });
            return methods;
        });
    }

    static Query<Object> ours(Capability... capabilities) {
        var feign = new Sources.Feign(JsonMapper.shared(), List.of(capabilities), () -> Runnable::run);
        var sources = new Sources(CircuitBreakerRegistry.ofDefaults(), feign, new Failures(List.of()));
        Duration second = Duration.ofSeconds(1);
        return sources.query(
                SourceMethods.of(Billings.class),
                SOURCE,
                new SourceSettings(
                        SOURCE,
                        new SourceSettings.Limits(second, second, 10_000),
                        new SourceSettings.Protection(second, 16, 100)));
    }

    public record SendsNothing() implements Capability {
        @Override
        public AsyncClient<Object> enrich(AsyncClient<Object> client) {
            return (request, options, context) -> CompletableFuture.completedFuture(answer(request));
        }
    }

    public record Watches() implements Capability {
        @Override
        public RequestInterceptors enrich(RequestInterceptors none) {
            RequestInterceptor nothing = template -> {};
            return new RequestInterceptors(List.of(nothing));
        }
    }

    static Response answer(Request request) {
        return Response.builder()
                .status(200)
                .request(request)
                .headers(Map.of())
                .body("[]", StandardCharsets.UTF_8)
                .build();
    }
}
