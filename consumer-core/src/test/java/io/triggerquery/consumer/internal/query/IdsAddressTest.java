package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import feign.AsyncClient;
import feign.Body;
import feign.Capability;
import feign.CollectionFormat;
import feign.Contract;
import feign.Feign;
import feign.Headers;
import feign.MethodMetadata;
import feign.Param;
import feign.Request;
import feign.RequestInterceptor;
import feign.RequestInterceptors;
import feign.RequestLine;
import feign.RequestTemplate;
import feign.Response;
import feign.Retryer;
import feign.codec.Encoder;
import feign.interceptor.MethodInterceptor;
import feign.interceptor.MethodInterceptors;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.query.Interceptors.InterceptorBean;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A request with several ids equals the one that Feign alone would send. */
class IdsAddressTest {

    private static final List<String> TWO = List.of("a", "b");
    private static final List<String> ALL_CHARACTERS = List.of(
            "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", "-._~:@=", "a:b", "=", "@");

    @Source("things")
    interface Named {}

    interface Csv {
        @RequestLine(value = "GET /things?ids={ids}", collectionFormat = CollectionFormat.CSV)
        List<String> byIds(@Param("ids") List<String> ids);
    }

    interface Exploded {
        @RequestLine("GET /things?id={ids}")
        @Headers({"Accept: application/json", "X-Who: billing"})
        List<String> byIds(@Param("ids") Collection<String> ids);
    }

    interface Pipes {
        @RequestLine(value = "POST /?a.b-c={ids}", collectionFormat = CollectionFormat.PIPES)
        List<String> byIds(@Param("ids") List<String> ids);
    }

    interface Spaces {
        @RequestLine(value = "GET ?ids={ids}", collectionFormat = CollectionFormat.SSV)
        List<String> byIds(@Param("ids") List<String> ids);
    }

    @Headers("X-Who: billing")
    interface Tabs {
        @RequestLine(value = "GET /things?ids={ids}", collectionFormat = CollectionFormat.TSV)
        List<String> byIds(@Param("ids") List<String> ids);
    }

    interface Generic<I> {
        @RequestLine(value = "GET /things?ids={ids}", collectionFormat = CollectionFormat.CSV)
        List<String> byIds(@Param("ids") List<I> ids);
    }

    interface Inherited extends Generic<String> {}

    interface TwoParameters {
        @RequestLine(value = "GET /things?ids={ids}&all=true", collectionFormat = CollectionFormat.CSV)
        List<String> byIds(@Param("ids") List<String> ids);
    }

    interface InPath {
        @RequestLine("GET /things/{ids}")
        List<String> byIds(@Param("ids") List<String> ids);
    }

    interface AlsoInHeader {
        @RequestLine("GET /things?ids={ids}")
        @Headers("X-Ids: {ids}")
        List<String> byIds(@Param("ids") List<String> ids);
    }

    interface AsBody {
        @RequestLine("POST /things")
        @Headers("Content-Type: application/json")
        List<String> byIds(List<String> ids);
    }

    interface AsBodyTemplate {
        @RequestLine("POST /things?ids={ids}")
        @Body("<{ids}>")
        List<String> byIds(@Param("ids") List<String> ids);
    }

    interface AlsoABody {
        @RequestLine("POST /things?ids={ids}")
        @Body("all")
        List<String> byIds(@Param("ids") List<String> ids);
    }

    interface Changed {
        @RequestLine(value = "GET /things?ids={ids}", collectionFormat = CollectionFormat.CSV)
        List<String> byIds(@Param(value = "ids", expander = Louder.class) List<String> ids);
    }

    interface Around {
        @RequestLine(value = "GET /things?ids=in:{ids}", collectionFormat = CollectionFormat.CSV)
        List<String> byIds(@Param("ids") List<String> ids);
    }

    interface Fragment {
        @RequestLine(value = "GET /things?ids={ids}#top", collectionFormat = CollectionFormat.CSV)
        List<String> byIds(@Param("ids") List<String> ids);
    }

    /** Public because Feign calls it by reflection. */
    public static final class Louder implements Param.Expander {
        @Override
        public String expand(Object id) {
            return id + "!";
        }
    }

    private URI url = URI.create("http://source:8080/base/");
    private int failures;
    private final List<Request> sent = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(classes = {Csv.class, Exploded.class, Pipes.class, Spaces.class, Tabs.class, Inherited.class})
    void requestEqualsThatOfFeignAlone(Class<?> type) {
        sameAsFeign(type);
        assertThat(isPastItsTemplate(ours(type, ALL_CHARACTERS))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://source",
                "https://source:8080/",
                "http://[::1]:8080/a/b/",
                "http://me@source/a%20b",
                "http://source/?key=1",
                "http://source/a?key=1&b",
                "http://source/a#top"
            })
    void requestEqualsThatOfFeignAloneForAnyBaseUrl(URI base) {
        url = base;
        sameAsFeign(Csv.class);
        sameAsFeign(Pipes.class);
    }

    private static boolean isPastItsTemplate(Request request) {
        return !request.requestTemplate().url().contains("=");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                TwoParameters.class,
                InPath.class,
                AlsoInHeader.class,
                AsBody.class,
                AsBodyTemplate.class,
                AlsoABody.class,
                Changed.class,
                Around.class,
                Fragment.class
            })
    void leavesOtherParametersThanPlainListsToFeign(Class<?> type) {
        sameAsFeign(type);
    }

    private void sameAsFeign(Class<?> type) {
        for (List<String> ids : List.of(ALL_CHARACTERS, List.of("a"), List.of("a:b@c=d"), TWO)) {
            Request ours = ours(type, ids);
            Request feigns = feigns(type, ids);
            assertThat(ours.url()).isEqualTo(feigns.url());
            assertThat(ours.httpMethod()).isEqualTo(feigns.httpMethod());
            assertThat(ours.headers()).isEqualTo(feigns.headers());
            assertThat(ours.body()).isEqualTo(feigns.body());
        }
    }

    public record SeesTemplates(List<String> seen) implements Capability {
        @Override
        public RequestInterceptors enrich(RequestInterceptors interceptors) {
            RequestInterceptor look = template -> seen.add(template.url());
            return new RequestInterceptors(List.of(look));
        }
    }

    public record SeesInvocations(List<String> seen) implements Capability {
        public MethodInterceptors enrich(MethodInterceptors interceptors) {
            MethodInterceptor look = (invocation, chain) -> {
                seen.add(invocation.requestTemplate().url());
                return chain.next(invocation);
            };
            return new MethodInterceptors(List.of(look));
        }
    }

    public record SeesRequests(List<String> seen) implements Capability {
        @Override
        public AsyncClient<Object> enrich(AsyncClient<Object> client) {
            return (request, options, context) -> {
                seen.add(request.url());
                return client.execute(request, options, context);
            };
        }
    }

    public record WritesBodies() implements Capability {
        @Override
        public Encoder enrich(Encoder encoder) {
            return (body, type, template) -> template.body("\n" + body);
        }
    }

    public record AddsAKey() implements Capability {
        @Override
        public Contract enrich(Contract contract) {
            return type -> {
                List<MethodMetadata> methods = contract.parseAndValidateMetadata(type);
                methods.forEach(method -> method.template().query("key", "1"));
                return methods;
            };
        }
    }

    public record TriesAgain() implements Capability {
        @Override
        public Retryer enrich(Retryer never) {
            return new Retryer.Default(1, 1, 2);
        }
    }

    @Test
    void applicationInterceptorsSeeTheIds() {
        ours(Csv.class, TWO, new SeesTemplates(seen));
        ours(Csv.class, TWO, new SeesInvocations(seen));
        Request request = ours(Csv.class, TWO, new SeesRequests(seen));
        assertThat(isPastItsTemplate(request)).isTrue();
        assertThat(seen)
                .containsExactly("/things?ids=a%2Cb", "/things?ids=a%2Cb", "http://source:8080/base/things?ids=a%2Cb");
    }

    @Test
    void applicationEncodersAndInterceptorsBuildTheRequest() {
        assertThat(ours(Csv.class, TWO, new WritesBodies()).url()).endsWith("/things?ids=a%2Cb");
        assertThat(ours(Csv.class, TWO, new AddsAKey()).url()).endsWith("/things?ids=a%2Cb&key=1");
    }

    @Test
    void interceptorOfAnotherSourceIsNotApplied() {
        var qualified = new InterceptorBean("bean", "elsewhere", template -> template.header("X-Key", "1"));
        Request request = ours(Csv.class, TWO, new Interceptors(List.of(qualified)));
        assertThat(isPastItsTemplate(request)).isTrue();
        assertThat(request.headers()).doesNotContainKey("X-Key");
        request = ours(
                Csv.class, TWO, Interceptors.forAll(List.of(template -> template.header("X-Address", template.url()))));
        assertThat(isPastItsTemplate(request)).isFalse();
        assertThat(request.headers()).containsKey("X-Address");
    }

    @Test
    void observersSeeDeclaredMethod() {
        RequestTemplate declared =
                ours(Csv.class, TWO).requestTemplate().methodMetadata().template();
        assertThat(declared.url()).isEqualTo("/things?ids={ids}");
    }

    @Test
    void retriedCallSendsSameRequest() {
        failures = 1;
        Request second = ours(Csv.class, TWO, new TriesAgain());
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).url()).isEqualTo(second.url());
        assertThat(second.url()).isEqualTo(feigns(Csv.class, TWO).url());
    }

    private Request ours(Class<?> type, List<String> ids, Capability... capabilities) {
        return ours(type, ids, new Interceptors(List.of()), capabilities);
    }

    private Request ours(Class<?> type, List<String> ids, Interceptors interceptors, Capability... capabilities) {
        AsyncClient<Object> http = (request, options, context) -> {
            Response answer = answer(request);
            return failures-- > 0
                    ? CompletableFuture.failedFuture(new IOException("reset"))
                    : CompletableFuture.completedFuture(answer);
        };
        var methods = new SourceMethods(type, Named.class.getAnnotation(Source.class), byIds(type), byIds(type));
        FeignApi api = FeignApi.of(
                methods,
                url,
                http,
                new Sources.Feign(JsonMapper.shared(), List.of(capabilities), interceptors, () -> Runnable::run));
        assertThat(api.call(byIds(type), ids).toCompletableFuture()).isCompletedWithValue(List.of());
        return last();
    }

    private Request feigns(Class<?> type, List<String> ids) {
        Object client = Feign.builder()
                .client((request, options) -> answer(request))
                .encoder(new JsonEncoder(JsonMapper.shared()))
                .decoder((response, returned) -> List.of())
                .target(type, url.toString());
        try {
            byIds(type).invoke(client, ids);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
        return last();
    }

    private static Method byIds(Class<?> type) {
        Method byIds = type.getMethods()[0];
        byIds.setAccessible(true);
        return byIds;
    }

    private Response answer(Request request) {
        sent.add(request);
        return Response.builder()
                .status(200)
                .request(request)
                .headers(Map.of())
                .body("[]", StandardCharsets.UTF_8)
                .build();
    }

    private Request last() {
        return sent.get(sent.size() - 1);
    }
}
